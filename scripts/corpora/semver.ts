/**
 * Makes src/base/versions/testdata/semver.txt: versions of packages on the npm registry, most of them pre-releases. Their order
 * is not in it: the test asks npm's own `semver` for that. Usage: node scripts/corpora/semver.ts
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const target = new URL('../../src/base/versions/testdata/semver.txt', import.meta.url);
const names = ['next', 'react', 'typescript', 'webpack', '@angular/core', 'electron', 'vite', '@babel/core', 'eslint'];
const moreNames = ['prisma', 'socket.io', 'lodash', 'jsdom', 'express', 'aws-sdk', 'ember-source', 'node-sass', 'yarn'];

const all = new Set([...names, ...moreNames].flatMap(readVersions));
const isPrerelease = (version: string) => version.includes('-');
const chosen = [
  ...sample(
    [...all].filter((version) => isPrerelease(version)),
    800,
  ),
  ...sample(
    [...all].filter((version) => !isPrerelease(version)),
    400,
  ),
];
writeFileSync(
  target,
  `# Versions of packages on the npm registry, in no order. Made by scripts/corpora/semver.ts; see README.md.
${chosen.join('\n')}
`,
);

function readVersions(name: string): string[] {
  return JSON.parse(execFileSync('npm', ['view', name, 'versions', '--json'], { encoding: 'utf8' }));
}

/** Chosen by digest, so that a second run picks the same. */
function sample(versions: string[], count: number): string[] {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  return versions
    .map((version) => [digest(version), version] as const)
    .sort()
    .slice(0, count)
    .map(([, version]) => version);
}
