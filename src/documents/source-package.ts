import type { Package } from '../base/model/package.ts';
import { parsePurl, toPurl } from '../base/purl.ts';
import { toId } from './package-ids.ts';

/** Types whose purl tells a source package by its architecture. https://github.com/package-url/purl-spec/tree/main/types-doc */
const sourceArchitectures: ReadonlyMap<string, string> = new Map([
  ['deb', 'source'],
  ['rpm', 'src'],
]);

/** The id of the source package that a package was built from; undefined where that is not known. */
export function toSourceId({ ecosystem, release = '', type, source }: Package): string | undefined {
  return source && toId([ecosystem, release, type, source.name, source.version].join('\n'));
}

/** The source package as a purl; undefined for a type that has no purl for them. */
export function toSourcePurl({ type, source, purl }: Package): string | undefined {
  const arch = sourceArchitectures.get(type);
  const parts = arch === undefined || !source?.name ? undefined : parsePurl(purl);
  if (parts === undefined || arch === undefined || source === undefined) return undefined;
  const { epoch: _epoch, ...qualifiers } = parts.qualifiers ?? {};
  // The version of an rpm has its epoch apart.
  const [, epoch, version = source.version] = (type === 'rpm' && /^(\d+):(.*)$/s.exec(source.version)) || [];
  return toPurl({
    ...parts,
    name: source.name,
    version,
    qualifiers: { ...qualifiers, arch, ...(epoch ? { epoch } : {}) },
  });
}

/** The first package of each source package. */
export function* firstOfEachSource(packages: readonly Package[]): Generator<readonly [id: string, first: Package]> {
  const seen = new Set<string>();
  for (const item of packages) {
    const id = toSourceId(item);
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    yield [id, item];
  }
}
