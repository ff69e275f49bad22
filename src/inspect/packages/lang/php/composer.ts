import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table, textOf, textsOf } from '../../document/table.ts';

/**
 * Reads `composer.lock`, and `installed.json` that Composer keeps beside what it installed: a list until version 1, an object
 * since 2. https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file-to-version-control
 */
export function* readComposer(file: OpenFile, limits: Limits): Generator<Found> {
  const isLock = file.path.endsWith('.lock');
  const parsed = parseJson(file, isLock ? undefined : toObject);
  if ('problem' in parsed) yield parsed.problem;
  else {
    const items = isLock ? readLock(file, parsed.value) : readInstalled(file, parsed.value);
    yield* collectListed(file, { type: 'composer', state: isLock ? 'declared' : 'installed' }, items, limits);
  }
}

/** The list of version 1 as the object of version 2. */
function toObject(text: string): string {
  return /^\s*\[/.test(text) ? `{"packages":${text}}` : text;
}

function* readInstalled(file: OpenFile, document: Table): Generator<Listed | Problem> {
  const development = new Set(textsOf(document['dev-package-names']));
  yield* readList(file, document.packages, (name) => development.has(String(name)));
}

function* readLock(file: OpenFile, document: Table): Generator<Listed | Problem> {
  yield* readList(file, document.packages, () => false);
  const development = document['packages-dev'];
  // Some versions write null where there are none.
  if (development !== undefined && development !== null) yield* readList(file, development, () => true);
}

function* readList(
  file: OpenFile,
  list: unknown,
  isDevelopment: (name: unknown) => boolean,
): Generator<Listed | Problem> {
  if (!Array.isArray(list)) {
    yield problemOf(file, 'malformed', 'its packages are no list; they are missing from the result');
    return;
  }
  for (const entry of list) {
    const { name, version, license, dist } = isTable(entry) ? entry : ({} as Table);
    const licenses = typeof license === 'string' ? [license] : textsOf(license);
    yield { kind: 'listed', name, version, licenses, origin: originOf(dist), development: isDevelopment(name) };
  }
}

/** Any address of an archive or repository may be a mirror's; a folder is the project's own. */
function originOf(dist: unknown): string | undefined {
  return isTable(dist) && dist.type === 'path' ? `file:${textOf(dist.url) ?? ''}` : undefined;
}
