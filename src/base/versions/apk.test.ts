import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { apk } from './apk.ts';
import { compareBy } from './order.ts';

const hasApk = spawnSync('apk', ['--version']).status === 0;

test('suffixes before and after the release, in their order', () => {
  const names = ['_alpha', '_beta', '_pre', '_rc', '', '_cvs', '_svn', '_git', '_hg', '_p'];
  const versions = names.map((name) => apk.parse(`1.2.3${name}`)!);
  versions.forEach((a, place) => {
    versions.forEach((b, other) => {
      assert.equal(apk.compare(a, b), Math.sign(place - other), `${names[place]} against ${names[other]}`);
    });
  });
});

test('pairs that show a rule', () => {
  for (const [a, b] of [
    ['1.2', '1.10'], // numbers are numbers
    ['1.010', '1.09'], // unless one starts with 0: then they are fractions
    ['1.0.9', '1.10'],
    ['1.09', '1.1'],
    ['1.0', '1.00'],
    ['1.0', '1.0-r0'], // no revision is before revision 0
    ['1.0-r9', '1.0-r10'],
    ['1.0-r1', '1.0~ab'], // a hash is after every revision
    ['1.0~ab', '1.0~ab-r1'],
    ['1.0~ab', '1.0_git1'],
    ['1.0_alpha_pre2', '1.0_alpha'], // a suffix may have a suffix
    ['1.0_rc1', '1.0_rc1_p1'],
    ['1.0_p1', '1.0a'], // a letter is after every suffix
    ['1.0z', '1.0.0'], // and before a further number
    ['1.0_p18446744073709551616', '1.0_p18446744073709551617'], // beyond 64 bits
    ['3.0.7-r0', '3.0.8-r0'],
    ['1.1.1t-r0', '1.1.1u-r0'],
  ] as const) {
    assert.equal(compareBy(apk, a, b), -1, `${a} < ${b}`);
    assert.equal(compareBy(apk, b, a), 1, `${b} > ${a}`);
  }
});

// apk-tools is packaged for Alpine and its kin only: there, it is asked itself.
const testWithApk = hasApk ? test : () => {};
testWithApk('neighbours of the corpus compare as apk says', () => {
  const corpus = readFileSync(new URL('testdata/apk.txt', import.meta.url), 'utf8');
  const versions = corpus.split('\n').flatMap((line) => (/^[#!]/.test(line) ? [] : line.split('\t')));
  versions.slice(1).forEach((b, before) => {
    const a = versions[before]!;
    const { stdout } = spawnSync('apk', ['version', '--test', a, b], { encoding: 'utf8' });
    assert.equal(compareBy(apk, a, b), '<=>'.indexOf(stdout.trim()) - 1, `${a} against ${b}`);
  });
});
