import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { joinFacts } from '../../join.ts';
import { dotnet } from '../../lang/dotnet/index.ts';
import { readAssembly } from './read-assembly.ts';
import { readVersionStrings } from './version-strings.ts';

const fileOf = (name: string) => gunzipSync(readFileSync(new URL(`testdata/${name}.gz`, import.meta.url)));
const find = (bytes: Uint8Array, path = 'srv/App.dll') => [...readAssembly({ path, content: accessBytes(bytes) })];

const files: Readonly<Record<string, readonly string[]>> = {
  'Newtonsoft.Json.dll': ['nuget Newtonsoft.Json 6.0.8.18111 installed'],
  'Python.Runtime.dll': ['nuget Python.Runtime 3.2.1 installed'],
  'System.dll': [],
  'ClrLoader.dll': [],
  'w32.exe': [],
};
for (const [name, rows] of Object.entries(files))
  test(name, () => assert.deepEqual(rowsOf(find(fileOf(name), `srv/${name}`)), rows));

test('an assembly that a *.deps.json names is of the package named there', async () => {
  const deps =
    '{"targets":{"t":{"pythonnet/3.2.1":{"runtime":{"lib/netstandard2.0/Python.Runtime.dll":{}}}}},"libraries":{"pythonnet/3.2.1":{"type":"package"}}}';
  const { packages } = joinFacts([
    { path: 'srv/app.deps.json', found: await readFileBy(dotnet, 'srv/app.deps.json', deps) },
    { path: 'srv/Python.Runtime.dll', found: find(fileOf('Python.Runtime.dll')) },
    { path: 'opt/Python.Runtime.dll', found: find(fileOf('Python.Runtime.dll')) },
  ]);
  assert.deepEqual(
    packages.map(({ purl, locations }) => [purl, ...locations.map(({ path }) => path)]),
    [
      ['pkg:nuget/Python.Runtime@3.2.1', 'opt/Python.Runtime.dll'],
      ['pkg:nuget/pythonnet@3.2.1', 'srv/app.deps.json'],
    ],
  );
});

/** The version resource of a real file with other values of the same length. */
function changed(...pairs: readonly (readonly [from: string, to: string])[]): Buffer {
  let text = fileOf('Python.Runtime.dll').toString('latin1');
  const wide = (value: string) => Buffer.from(value, 'utf16le').toString('latin1');
  for (const [from, to] of pairs) text = text.replaceAll(wide(from), wide(to.padEnd(from.length, '\0')));
  return Buffer.from(text, 'latin1');
}

const cases: readonly (readonly [title: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['a commit behind the version', changed(['3.2.1\0', '3.2+ab']), ['nuget Python.Runtime 3.2 installed']],
  ['a pre-release', changed(['3.2.1\0', '3.2-a1']), ['nuget Python.Runtime 3.2-a1 installed']],
  ['no version', changed(['3.2.1', '0.0.0']), ['unidentified']],
  ['words for a version', changed(['3.2.1', 'a b c']), ['unidentified']],
  ['another name', changed(['Python.Runtime', 'Lamp']), ['nuget Lamp 3.2.1 installed']],
  ['texts of a language', changed(['Python.Runtime', 'Py.resources']), []],
  ['no strings', changed(['StringFileInfo', 'x']), ['unidentified']],
];
for (const [title, bytes, rows] of cases) test(`assembly: ${title}`, () => assert.deepEqual(rowsOf(find(bytes)), rows));

test('damaged files end, and throw nothing', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('MZ'), Buffer.alloc(5000, 'MZ'), Buffer.alloc(5000, 0xff)])
    assert.deepEqual(find(bytes), []);
  const whole = fileOf('ClrLoader.dll');
  for (let length = 0; length < whole.length; length += 7) find(whole.subarray(0, length));
  for (let at = 0; at < whole.length; at++) {
    if (whole[at] === 0 && at > 1024) continue;
    const broken = Buffer.from(whole);
    broken[at]! ^= 0xff;
    find(broken);
  }
});

test('blocks that lie about their size end', () => {
  for (const byte of [0, 1, 6, 0x20, 0xff]) readVersionStrings(Buffer.alloc(65_536, byte));
});
