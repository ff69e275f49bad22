import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { defaultLimits } from '../../base/limits.ts';
import type { FileTaker } from './layer-reading.ts';
import { readDirectory } from './read-directory.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-directory-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const nothing: FileTaker = {
  wants: () => 0,
  take: () => {},
  wantsLarge: () => 0,
  wantsPeek: () => false,
  wantsHead: () => 0,
  takeLarge: () => {},
  forget: () => {},
};

function rootWith(name: string, count: number): string {
  const root = join(folder, name);
  mkdirSync(root);
  for (let index = 0; index < count; index++) writeFileSync(join(root, `f${index}`), '\x7fELF'.padEnd(100, '\0'));
  return root;
}

const limits = defaultLimits;
const refuse = () => {
  throw Object.assign(new Error('input/output error'), { code: 'EIO' });
};
const fail = () => {
  throw new RangeError('a reader went too far');
};

for (const [title, taker, message] of [
  ['the first bytes', { wantsPeek: () => true, wantsHead: refuse }, /^\/f0 cannot be read \(EIO\).*program/],
  ['a program', { wantsPeek: () => true, wantsHead: () => 1000, takeLarge: fail }, /\(a reader went too far\)/],
  ['a large file', { wantsLarge: () => 1000, takeLarge: refuse }, /\(EIO\); what it lists/],
  ['a file', { wants: () => 1000, wantsPeek: () => true, take: fail }, /\(a reader went too far\); what it lists/],
] as const)
  test(`${title} that cannot be read is told, once`, async () => {
    const { problems } = await readDirectory(rootWith(title, 1), { ...nothing, ...taker }, { limits });
    assert.deepEqual(
      problems.map(({ code, where }) => [code, where.path]),
      [['unreadable', 'f0']],
    );
    assert.match(problems[0]!.message, message);
  });

test('a file that must not be read is told only if it may run', async () => {
  const deny = () => {
    throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
  };
  const root = rootWith('denied', 2);
  chmodSync(join(root, 'f1'), 0o711);
  writeFileSync(join(root, 'lib.so.1'), '\x7fELF');
  const taker = { ...nothing, wantsPeek: () => true, wantsHead: deny };
  const { problems } = await readDirectory(root, taker, { limits });
  assert.deepEqual(problems.map(({ where }) => where.path).sort(), ['f1', 'lib.so.1']);
});

test('of more problems than are kept, the number is told', async () => {
  const taker = { ...nothing, wantsPeek: () => true, wantsHead: refuse };
  const { problems } = await readDirectory(rootWith('many', 9), taker, { limits: { ...limits, maxProblems: 5 } });
  assert.equal(problems.length, 5);
  assert.match(problems.at(-1)!.message, /5 more/);
});

test('a walk of one directory can be cancelled', async () => {
  const cancel = new AbortController();
  const wants = () => {
    setImmediate(() => cancel.abort(new Error('enough')));
    for (const end = performance.now() + 60; performance.now() < end; );
    return 0;
  };
  const walk = readDirectory(rootWith('cancelled', 5), { ...nothing, wants }, { limits, signal: cancel.signal });
  await assert.rejects(walk, /enough/);
});
