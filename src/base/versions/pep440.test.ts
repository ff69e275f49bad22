import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareBy } from './order.ts';
import { pep440 } from './pep440.ts';

test("the specification's own order", () => {
  const versions =
    `1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345 1.0rc1.dev456
    1.0rc1 1.0 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 1.0.15 1.1.dev1 1!0.1`.split(/\s+/);
  assert.deepEqual(
    versions.toReversed().sort((a, b) => compareBy(pep440, a, b)!),
    versions,
  );
});

test('spellings of one version', () => {
  for (const [plain, ...others] of [
    ['1.0', '1', 'v1.0', 'V1.0.0', '0!1.0', ' 1.0\n', '01.00'],
    ['1.1a1', '1.1alpha1', '1.1.ALPHA.1', '1.1-a_1', '1.1a01'],
    ['1.1rc0', '1.1c', '1.1-pre', '1.1_preview.0', '1.1RC'],
    ['1.1.post1', '1.1-1', '1.1post1', '1.1-r1', '1.1_rev.1'],
    ['1.1.dev0', '1.1dev', '1.1-DEV_0'],
    ['1.1+ubuntu.1', '1.1+Ubuntu-1', '1.1+ubuntu_01'],
  ] as const) {
    for (const other of others) assert.equal(compareBy(pep440, plain, other), 0, `${plain} = ${JSON.stringify(other)}`);
  }
});

test('numbers of any size are exact', () => {
  assert.equal(compareBy(pep440, '1.9007199254740992', '1.9007199254740993'), -1);
  assert.equal(compareBy(pep440, '1.0a99999999999999999999', '1.0a100000000000000000000'), -1);
});

test('free-form versions of old packages are unknown', () => {
  for (const text of ['2004d', '1.0-SNAPSHOT', 'latest', '1.0.x', '1.0-5-gdeadbee', '1.0 beta', '١.٠']) {
    assert.equal(pep440.parse(text), undefined, text);
  }
});
