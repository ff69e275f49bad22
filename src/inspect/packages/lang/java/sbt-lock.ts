import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table, textsOf } from '../../document/table.ts';
import { mavenListing, toMavenName } from './coordinates.ts';

/** Configurations of sbt that what is built does not have. */
const forDevelopment = new Set(['test', 'test-internal', 'it', 'plugin', 'scala-tool', 'scala-doc-tool']);

/** Reads the lock file of sbt-dependency-lock. https://stringbean.github.io/sbt-dependency-lock/ */
export function* readSbtLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, mavenListing, readDependencies(file, parsed.value), limits);
}

function* readDependencies(file: OpenFile, { lockVersion, dependencies }: Table): Generator<Listed | Problem> {
  if (!Array.isArray(dependencies)) {
    yield problemOf(file, 'malformed', 'its dependencies are no list; they are missing from the result');
    return;
  }
  if (lockVersion !== 1)
    yield problemOf(
      file,
      'unsupported',
      `it is of version ${String(lockVersion).slice(0, 20)}; it may say more than was read`,
    );
  for (const entry of dependencies) {
    const { org, name, version, configurations } = isTable(entry) ? entry : ({} as Table);
    const used = textsOf(configurations);
    const development = used.length > 0 && used.every((text) => forDevelopment.has(text));
    yield { kind: 'listed', name: toMavenName(org, name), version, development };
  }
}
