import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { entriesOf, isTable, type Table } from '../../document/table.ts';
import { decodeText } from '../../document/text.ts';

/** Reads a lock, or the description of a package that is installed. */
export function* readNimble(file: OpenFile, limits: Limits): Generator<Found> {
  if (file.path.endsWith('.nimble'))
    return yield* collectListed(file, { type: 'nim', state: 'installed' }, [toInstalled(file)], limits);
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'nim', state: 'declared' }, readLock(parsed.value), limits);
}

/** `packages`, and under `tasks` what a task such as `test` needs beside them. A version that begins with `#` is a commit or branch. */
function* readLock({ packages, tasks }: Table): Generator<Listed> {
  for (const [name, entry] of entriesOf(packages)) yield toLocked(name, entry, false);
  for (const [, needed] of entriesOf(tasks))
    for (const [name, entry] of entriesOf(needed)) yield toLocked(name, entry, true);
}

function toLocked(name: string, entry: unknown, development: boolean): Listed {
  const { version, vcsRevision, url } = isTable(entry) ? entry : ({} as Table);
  const isTagged = typeof version !== 'string' || !version.startsWith('#');
  const origin = isTagged || typeof url !== 'string' ? undefined : `${url}${version}`;
  return { kind: 'listed', name, version: isTagged ? version : vcsRevision, origin, development };
}

/**
 * The folder says the version: `lamp-1.2.0`, since Nimble 0.14 with a checksum behind it. The file, which is a program in a dialect of Nim,
 * says it first where it writes it out.
 */
function toInstalled(file: OpenFile): Listed {
  const [folder = '', base = ''] = file.path.split('/').slice(-2);
  const name = base.slice(0, -'.nimble'.length);
  const rest = folder.startsWith(`${name}-`) ? folder.slice(name.length + 1) : '';
  const text = decodeText(file);
  const license = fieldOf(text, 'license');
  const version = fieldOf(text, 'version') ?? rest.replace(/-[0-9a-f]{40}$/, '');
  return { kind: 'listed', name, version, licenses: license === undefined ? [] : [license] };
}

/** `version = "1.2.0"`, in older files `version: "1.2.0"`. */
function fieldOf(text: string, field: string): string | undefined {
  return new RegExp(`^${field}[ \\t]{0,40}[=:][ \\t]{0,40}"([^"\\n]{1,200})"`, 'im').exec(text)?.[1];
}
