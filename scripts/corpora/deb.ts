/**
 * Makes src/base/versions/testdata/deb.txt: 2,000 versions of the packages that this machine's apt knows, put into order by
 * `dpkg --compare-versions` alone. Takes about two minutes. Usage: node scripts/corpora/deb.ts
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const count = 2000;
const target = new URL('../../src/base/versions/testdata/deb.txt', import.meta.url);

const versions = sortVersions(sampleVersions());
const lines = [versions[0]!];
for (let at = 1; at < versions.length; at++) {
  lines.push(isTrue(versions[at - 1]!, 'eq', versions[at]!) ? '\t' : '\n', versions[at]!);
}
const tool = execFileSync('dpkg', ['--version'], { encoding: 'utf8' }).match(/version (\S+)/)![1];
writeFileSync(
  target,
  `# ${count} versions of packages of a Debian mirror, sorted by dpkg ${tool} --compare-versions, lowest first.
# Versions on one line, a tab between them, are equal. Made by scripts/corpora/deb.ts; see README.md.
${lines.join('')}
`,
);

/** Chosen by digest, so that all parts of the archive are in it and a second run picks the same. */
function sampleVersions(): string[] {
  const available = execFileSync('apt-cache', ['dumpavail'], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const all = new Set(Array.from(available.matchAll(/^Version: (\S+)$/gm), (match) => match[1]!));
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  return [...all]
    .map((version) => [digest(version), version] as const)
    .sort()
    .slice(0, count)
    .map(([, version]) => version);
}

function sortVersions(list: string[]): string[] {
  if (list.length < 2) return list;
  const middle = list.length >> 1;
  const left = sortVersions(list.slice(0, middle));
  const right = sortVersions(list.slice(middle));
  const merged: string[] = [];
  while (left.length > 0 && right.length > 0) {
    merged.push((isTrue(left[0]!, 'le', right[0]!) ? left : right).shift()!);
  }
  return [...merged, ...left, ...right];
}

function isTrue(a: string, relation: string, b: string): boolean {
  return spawnSync('dpkg', ['--compare-versions', a, relation, b]).status === 0;
}
