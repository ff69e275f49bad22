import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { entriesOf, isTable, type Table } from '../../document/table.ts';

/**
 * Reads `deno.lock` of versions 2 to 5. What Deno 1.36 and before wrote for version 1 names addresses only.
 * https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files
 */
export function* readDenoLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'npm', state: 'declared' }, readLock(file, parsed.value), limits);
}

function* readLock(file: OpenFile, document: Table): Generator<Listed | Problem> {
  const { version } = document;
  if (!['2', '3', '4', '5'].includes(String(version))) {
    const shown = JSON.stringify(version ?? null).slice(0, 20);
    yield problemOf(file, 'unsupported', `it is of version ${shown}; it may say something else than was read`);
  }
  // Version 3 has all in one table, version 2 npm's packages in a table of their own.
  const top = isTable(document.packages) ? document.packages : document;
  const npm = isTable(top.npm) && isTable(top.npm.packages) && isTable(top.npm.specifiers) ? top.npm.packages : top.npm;
  for (const [key] of entriesOf(npm)) yield toListed(key);
  for (const [key] of entriesOf(top.jsr)) yield { ...toListed(key), type: 'generic', purl: { namespace: 'jsr' } };
}

/** `@scope/name@1.0.0`, and for npm the peers that it was resolved with: `name@1.0.0_peer@2.0.0`. No version has an underscore. */
function toListed(key: string): Listed {
  const at = key.indexOf('@', 1);
  const [version] = at < 0 ? [''] : key.slice(at + 1).split('_', 1);
  return { kind: 'listed', name: at < 0 ? key : key.slice(0, at), version };
}
