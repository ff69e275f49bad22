import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table } from '../../document/table.ts';
import { parseToml } from '../../document/toml.ts';

const knownVersions: readonly unknown[] = [undefined, 1, 2, 3, 4];

/**
 * Reads `Cargo.lock` of versions 1 (which does not say its version) to 4. They differ in how dependencies and checksums are written,
 * not in the packages. https://doc.rust-lang.org/cargo/reference/resolver.html
 */
export function* readCargoLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseToml(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'cargo', state: 'declared' }, readDocument(file, parsed.value), limits);
}

function* readDocument(file: OpenFile, { version, package: packages, root }: Table): Generator<Listed | Problem> {
  if (!knownVersions.includes(version))
    yield problemOf(
      file,
      'unsupported',
      `it is of version ${String(version).slice(0, 20)}; it may say more than was read`,
    );
  // The oldest lock files have the project in a table of its own.
  if (packages === undefined && isTable(root)) return;
  if (!Array.isArray(packages)) {
    yield problemOf(file, file.bytes.length === 0 ? 'truncated' : 'malformed', 'it lists no packages');
    return;
  }
  const folder = `file:${file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))) || '.'}`;
  for (const entry of packages) yield toListed(isTable(entry) ? entry : {}, folder);
}

/** Without a source it is the project itself or a folder of it. Any registry may mirror the public one. */
function toListed({ name, version, source }: Table, folder: string): Listed {
  const isFromRegistry = typeof source === 'string' && /^(?:registry|sparse)\+/.test(source);
  const origin = isFromRegistry ? undefined : typeof source === 'string' ? source : folder;
  return { kind: 'listed', name, version: version ?? '', origin };
}
