import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile, ReadPackages } from '../../cataloguer.ts';
import { readBazelLock } from './bazel-lock.ts';
import { readCatalogue } from './catalogue.ts';
import { readGradleLock } from './gradle-lock.ts';
import { readPom } from './pom.ts';
import { readSbtLock } from './sbt-lock.ts';
import { readVerification } from './verification.ts';

/** By the end of the path. */
const readers: readonly (readonly [suffix: string, read: ReadPackages])[] = [
  ['.lockfile', readGradleLock],
  ['.sbt.lock', readSbtLock],
  ['maven_install.json', readBazelLock],
  ['verification-metadata.xml', readVerification],
  ['.versions.toml', readCatalogue],
  ['pom.xml', readPom],
];

/** Reads any of the files that the cataloguer asks for. */
export function readJava(file: OpenFile, limits: Limits): Iterable<Found> {
  return readers.find(([suffix]) => file.path.endsWith(suffix))?.[1](file, limits) ?? [];
}
