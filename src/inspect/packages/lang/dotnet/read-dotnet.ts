import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile, ReadPackages } from '../../cataloguer.ts';
import { readAssets } from './assets.ts';
import { readDeps } from './deps.ts';
import { readPackagesConfig } from './packages-config.ts';
import { readPackagesLock } from './packages-lock.ts';
import { readPaketLock } from './paket-lock.ts';
import { readProject } from './project.ts';

/** By the end of the path; the first that fits reads the file. */
const readers: readonly (readonly [suffix: string, read: ReadPackages])[] = [
  ['.deps.json', readDeps],
  ['packages.lock.json', readPackagesLock],
  ['project.assets.json', readAssets],
  ['packages.config', readPackagesConfig],
  ['paket.lock', readPaketLock],
  ['', readProject],
];

/** Reads any of the files that the cataloguer asks for. */
export function readDotnet(file: OpenFile, limits: Limits): Iterable<Found> {
  return readers.find(([suffix]) => file.path.endsWith(suffix))?.[1](file, limits) ?? [];
}
