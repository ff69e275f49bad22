import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deb } from './deb.ts';
import { type Comparison, compareBy } from './order.ts';

const hasDpkg = spawnSync('dpkg', ['--version']).status === 0;
const skip = hasDpkg ? false : 'SKIPPED: dpkg is not installed, so its answers are not asked for again';

/** Refused by dpkg, with dpkg's words. */
const refused = [
  ['a:1', 'epoch in version is empty'],
  [':1', 'epoch in version is empty'],
  ['1:', 'nothing after colon in version number'],
  ['1.0-1:2', 'epoch in version is not number'],
  ['0x1:2', 'epoch in version is not number'],
  ['2147483648:1', 'epoch in version is too big'],
  ['99999999999999999999:1', 'epoch in version is too big'],
  ['0:-1', 'version number is empty'],
  ['1.0-', 'revision number is empty'],
  ['1:-', 'revision number is empty'],
  ['1.0 2', 'version string has embedded spaces'],
  ['+ 1:2', 'version string has embedded spaces'],
] as const;

/** Small texts in which every rule shows. */
const odd =
  `0 00 0:0 0-0 1 01 1.0 1. 1.00 1..0 1.0-0 1.0-00 1.0-1 1.0-1.1 1.0-1-1 1.0~ 1.0~~ 1.0~~a 1.0~a 1.0~1 1.0~rc1-1 1.0a 1.0a0 1.0A
  1.0+ 1.0+b1 1.0-1+b1 1.0-1~bpo1 1.0-1+deb11u1 1.0-1~deb11u1 1.0.1 1.0.01 1.0z 1.0_1 1.0^1 1:0 1:0.1 0:1.0 +1:0 2147483647:0 1:2:3 1:2:3-4 a a1 ~ ~1
  1.0-a 1.0-~ 9 10 99999999999999999999 100000000000000000000 000000000000000000000000001`.split(/\s+/);

test('refuses what dpkg refuses', { skip }, () => {
  for (const [text, words] of refused) {
    assert.equal(deb.parse(text), undefined, text);
    const { stderr } = spawnSync('dpkg', ['--compare-versions', '1', 'eq', text], { encoding: 'utf8' });
    assert.match(stderr, new RegExp(words), text);
  }
});

test('refuses what has no place in the order on every machine', () => {
  for (const text of ['1.0\0', '1.0-\x7f', '1.0é', '1.0\ud800', '-']) assert.equal(deb.parse(text), undefined, text);
});

test('odd versions compare as dpkg says', { skip }, () => {
  // Neighbours are enough: the rest follows, as both orders are transitive.
  const sorted = odd.toSorted((a, b) => compareBy(deb, a, b)!);
  for (let at = 1; at < sorted.length; at++) checkLive(sorted[at - 1]!, sorted[at]!);
});

test('a sample of the corpus compares as the dpkg of this machine says', { skip }, () => {
  const corpus = readFileSync(new URL('testdata/deb.txt', import.meta.url), 'utf8');
  const versions = corpus.split(/[\n\t]/).filter((line) => line !== '' && !line.startsWith('#'));
  for (let at = 0; at + 1 < versions.length; at += 25) {
    checkLive(versions[at]!, versions[at + 1]!);
    checkLive(versions[at]!, versions[(at * 7919) % versions.length]!);
  }
});

function checkLive(a: string, b: string): void {
  assert.equal(compareBy(deb, a, b), askDpkg(a, b), `${a} against ${b}`);
  assert.equal(compareBy(deb, b, a), (0 - askDpkg(a, b)) | 0, `${b} against ${a}`);
}

function askDpkg(a: string, b: string): Comparison {
  const holds = (relation: string) => spawnSync('dpkg', ['--compare-versions', a, relation, b]).status === 0;
  return holds('lt') ? -1 : holds('eq') ? 0 : 1;
}
