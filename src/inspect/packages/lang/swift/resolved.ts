import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table, textOf } from '../../document/table.ts';

/** Reads `Package.resolved` of versions 1 to 3. https://github.com/swiftlang/swift-package-manager/blob/main/Sources/PackageGraph/ResolvedPackagesStore.swift */
export function* readResolved(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'swift', state: 'declared' }, readPins(file, parsed.value), limits);
}

function* readPins(file: OpenFile, document: Table): Generator<Listed | Problem> {
  const { version, object } = document;
  const pins = isTable(object) ? object.pins : document.pins;
  if (!Array.isArray(pins)) {
    yield problemOf(file, 'malformed', 'its pins are no list; they are missing from the result');
    return;
  }
  if (version !== 1 && version !== 2 && version !== 3)
    yield problemOf(
      file,
      'unsupported',
      `it is of version ${String(version).slice(0, 20)}; it may say more than was read`,
    );
  for (const pin of pins) yield toListed(isTable(pin) ? pin : {});
}

/** A branch or commit has no version: then the commit is it, and the package is not one that advisories speak of. */
function toListed({ location, repositoryURL, identity, state, kind }: Table): Listed {
  const address = textOf(location) ?? textOf(repositoryURL);
  const { version, revision }: Table = isTable(state) ? state : {};
  const name = address === undefined ? identity : toRepositoryName(address);
  if (textOf(version) !== undefined && kind !== 'localSourceControl') return { kind: 'listed', name, version };
  return { kind: 'listed', name, version: version ?? revision, origin: `${address ?? ''}#${textOf(revision) ?? ''}` };
}

/** `github.com/apple/swift-nio`, as advisories name it, of any address of that repository. */
export function toRepositoryName(address: string): string {
  const [, host, path] =
    /^(?:[a-z+]{1,10}:\/\/)?(?:[^\s/@]{1,300}@)?([^\s/:@]{1,300})(?::\d{1,5}(?=\/))?[:/]{1,2}(\S{1,500})$/i.exec(
      address,
    ) ?? [];
  if (host === undefined || path === undefined) return address;
  return `${host.toLowerCase()}/${path.replace(/\/+$/, '').replace(/\.git$/, '')}`;
}
