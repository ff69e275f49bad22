import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { readModel } from './read-model.ts';
import { startBytes } from './start-bytes.ts';

const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const find = (path: string, bytes: Buffer) => [...readModel({ path, content: accessBytes(bytes) }, defaultLimits)];
const lamp = 'lamp-1B-v1.2-Q8_0.gguf';
const style = 'lamp-style.safetensors';

const models: Readonly<Record<string, readonly string[]>> = {
  [lamp]: ['generic Acme-Lamp-1B v1.2 installed'],
  'bare.gguf': [],
  [style]: ['generic Acme-Lamp-Style 2.1 installed'],
  'plain.safetensors': [],
  'none.safetensors': [],
};
for (const [path, rows] of Object.entries(models))
  test(path, () => assert.deepEqual(rowsOf(find(path, testdata(path))), rows));

test('licences and place', () => {
  const found = [lamp, style].flatMap((path) => find(path, testdata(path)));
  const shown = found.map((item) => item.kind === 'package' && [item.licenses, item.purl]);
  assert.deepEqual(shown, [
    [['apache-2.0'], { namespace: 'model' }],
    [['CreativeML Open RAIL-M'], { namespace: 'model' }],
  ]);
});

const gguf = (...parts: readonly (string | number | bigint)[]) =>
  Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part);
      const bytes = Buffer.alloc(typeof part === 'number' ? 4 : 8);
      if (typeof part === 'number') bytes.writeUInt32LE(part);
      else bytes.writeBigUInt64LE(part);
      return bytes;
    }),
  );
const most = 2n ** 64n - 1n;
const cases: readonly (readonly [title: string, path: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['empty', lamp, Buffer.alloc(0), ['truncated']],
  ['no model', lamp, Buffer.alloc(100, 'x'), ['malformed']],
  ['cut off before the version', lamp, testdata(lamp).subarray(0, 90), ['truncated']],
  ['cut off behind it', lamp, testdata(lamp).subarray(0, 1000), ['truncated', ...models[lamp]!]],
  ['not fetched', lamp, Buffer.from('version https://git-lfs.example.org/spec/v1\noid sha256:00\n'), []],
  [
    'version 1',
    lamp,
    gguf('GGUF', 1, 0, 2, 12, 'general.name', 8, 1, 'a', 15, 'general.version', 8, 1, '2'),
    ['generic a 2 installed'],
  ],
  ['of the future', lamp, gguf('GGUF', 9, 0n, 0n), ['malformed']],
  ['too many pairs', lamp, gguf('GGUF', 3, 0n, most), ['too-many']],
  ['a key without an end', lamp, gguf('GGUF', 3, 0n, 1n, most), ['truncated']],
  ['a list without an end', lamp, gguf('GGUF', 3, 0n, 1n, 1n, 'a', 9, 8, most), ['truncated']],
  ['a list of lists', lamp, gguf('GGUF', 3, 0n, 1n, 1n, 'a', 9, 9, 1n), ['malformed']],
  ['too many texts', lamp, gguf('GGUF', 3, 0n, 1n, 1n, 'a', 9, 8, most, '\0'.repeat(startBytes)), ['too-many']],
  ['more than is read', lamp, gguf('GGUF', 3, 0n, 1n, 1n, 'a', 9, 0, most, '\0'.repeat(startBytes)), ['too-large']],
  ['empty', style, Buffer.alloc(0), ['truncated']],
  ['a header that is too large', style, gguf(most), ['too-large']],
  ['a header without an end', style, testdata(style).subarray(0, 100), ['truncated']],
  ['wrong kinds', style, gguf(20n, '{"__metadata__":[1]} '), []],
];
for (const [title, path, bytes, rows] of cases)
  test(`${path.slice(path.lastIndexOf('.'))}: ${title}`, () => assert.deepEqual(rowsOf(find(path, bytes)), rows));
