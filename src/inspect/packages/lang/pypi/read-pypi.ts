import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile, ReadPackages } from '../../cataloguer.ts';
import { readEgg } from './egg.ts';
import { lockReader } from './lock.ts';
import { readMetadata } from './metadata.ts';
import { toPdmLock } from './pdm.ts';
import { toPipfileLock } from './pipfile.ts';
import { toPoetryLock } from './poetry.ts';
import { toProblem } from './problem.ts';
import { readPyproject, readSetup } from './project.ts';
import { toPylock } from './pylock.ts';
import { readRequirements } from './requirements.ts';
import { toUvLock } from './uv.ts';

/** By the end of the path, in lower case; the first that fits reads the file. */
const readers: readonly (readonly [suffix: string, read: ReadPackages])[] = [
  ['/metadata', readMetadata],
  ['/pkg-info', readMetadata],
  ['.egg-info', readMetadata],
  ['.egg', readEgg],
  ['.txt', readRequirements],
  ['poetry.lock', lockReader('toml', toPoetryLock)],
  ['pipfile.lock', lockReader('json', toPipfileLock)],
  ['uv.lock', lockReader('toml', toUvLock)],
  ['.py.lock', lockReader('toml', toUvLock)],
  ['pdm.lock', lockReader('toml', toPdmLock)],
  ['pyproject.toml', readPyproject],
  ['setup.cfg', readSetup],
  ['setup.py', readSetup],
  ['.toml', lockReader('toml', toPylock)],
];

/** Reads any of the files that the cataloguer asks for. */
export function* readPypi(file: OpenFile, limits: Limits): Generator<Found> {
  const path = file.path.toLowerCase();
  const read = readers.find(([suffix]) => path.endsWith(suffix))?.[1];
  let count = 0;
  for (const item of read?.(file, limits) ?? []) {
    if (item.kind === 'package' && ++count > limits.maxPackagesPerFile) {
      yield toProblem(file, 'too-many', `has more than ${limits.maxPackagesPerFile} packages; the rest was not read`);
      return;
    }
    yield item;
  }
}
