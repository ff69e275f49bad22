import { childrenOf, childText, type XmlElement } from '../../../../base/bytes/xml.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { parseXmlFile } from '../../document/xml.ts';

/** Elements that name a package and a version. */
const references = new Set(['PackageReference', 'PackageVersion', 'GlobalPackageReference']);

/**
 * Reads project files of MSBuild and `Directory.Packages.props`, which holds the versions for many projects. Properties are
 * resolved where the file itself defines them. https://learn.microsoft.com/nuget/consume-packages/central-package-management
 */
export function* readProject(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseXmlFile(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else if (parsed.value.name !== 'Project') yield problemOf(file, 'malformed', 'its top element is not Project');
  else yield* collectListed(file, { type: 'nuget', state: 'declared' }, readReferences(parsed.value), limits);
}

function* readReferences(project: XmlElement): Generator<Listed> {
  const properties = new Map<string, string>();
  for (const group of childrenOf(project, 'PropertyGroup'))
    for (const { name, text } of group.children) properties.set(name.toLowerCase(), text);
  for (const group of childrenOf(project, 'ItemGroup')) {
    for (const item of group.children) {
      const named = item.attributes.get('Include') ?? item.attributes.get('Update');
      if (references.has(item.name) && named !== undefined) yield* toListed(item, named, properties);
    }
  }
}

function* toListed(item: XmlElement, named: string, properties: ReadonlyMap<string, string>): Generator<Listed> {
  const read = (key: string) => item.attributes.get(key) ?? childText(item, key);
  const version = toVersion(read('VersionOverride') ?? read('Version') ?? '', properties);
  const development = read('PrivateAssets')?.toLowerCase() === 'all';
  for (const name of named.split(';').slice(0, 100))
    if (name.trim() !== '') yield { kind: 'listed', name: name.trim(), version, development, line: item.line };
}

/** `[1.0]` is exactly that, `1.0` at least that; ranges and floating versions are open. */
function toVersion(text: string, properties: ReadonlyMap<string, string>): string | undefined {
  const known = text
    .slice(0, 300)
    .replace(
      /\$\(([\w.-]{1,100})\)/g,
      (whole, name: string) => properties.get(name.toLowerCase())?.slice(0, 300) ?? whole,
    )
    .trim();
  const exact = /^\[([^,[\]()]{1,256})\]$/.exec(known)?.[1]?.trim() ?? known;
  return /^[\w.+-]{1,256}$/.test(exact) ? exact : undefined;
}
