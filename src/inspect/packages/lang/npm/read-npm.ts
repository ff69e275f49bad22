import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile, ReadPackages } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { readBun } from './read-bun.ts';
import { readManifest } from './read-manifest.ts';
import { readPackageLock } from './read-package-lock.ts';
import { readPnpm } from './read-pnpm.ts';
import { readYarn } from './read-yarn.ts';

/** By the name of the file. */
const readers = new Map<string, ReadPackages>([
  ['package.json', readManifest],
  ['package-lock.json', readPackageLock],
  ['npm-shrinkwrap.json', readPackageLock],
  ['yarn.lock', readYarn],
  ['pnpm-lock.yaml', readPnpm],
  ['bun.lock', readBun],
  ['bun.lockb', readBinaryBun],
]);

/** Reads one file of npm, yarn, pnpm or bun, whichever its name says. */
export function readNpm(file: OpenFile, limits: Limits): Iterable<Found> {
  return readers.get(file.path.slice(file.path.lastIndexOf('/') + 1))?.(file, limits) ?? [];
}

/** Bun's binary format before 1.2 is documented nowhere but in bun's source. */
function readBinaryBun(file: OpenFile): Found[] {
  const message =
    'the binary lock file of old versions of bun is not read; `bun install --save-text-lockfile` makes a bun.lock';
  return [problemOf(file, 'unsupported', message)];
}
