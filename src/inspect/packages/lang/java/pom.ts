import { childOf, childrenOf, childText, type XmlElement } from '../../../../base/bytes/xml.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { parseXmlFile } from '../../document/xml.ts';
import { mavenListing, toExactVersion, toMavenName } from './coordinates.ts';
import { type Resolve, resolver } from './properties.ts';

/**
 * Reads the dependencies that a `pom.xml` itself gives a version to, in place or under `dependencyManagement`. What its parents
 * and imported lists of versions say is in other files: such dependencies are counted as unpinned. Profiles, which somebody must
 * ask for, and plug-ins of the build are left out. https://maven.apache.org/pom.html
 */
export function* readPom(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseXmlFile(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else if (parsed.value.name !== 'project') yield problemOf(file, 'malformed', 'its top element is not project');
  else yield* collectListed(file, mavenListing, readDependencies(parsed.value), limits);
}

/** What `dependencyManagement` says of one artifact. */
interface Managed {
  readonly version: string | undefined;
  readonly scope: string | undefined;
}

function* readDependencies(project: XmlElement): Generator<Listed | Problem> {
  const resolve = resolver(project);
  const managed = readManaged(project, resolve);
  for (const dependency of childrenOf(childOf(project, 'dependencies'), 'dependency')) {
    const name = nameOf(dependency, resolve);
    const known = name === undefined ? undefined : managed.get(name);
    const version = toExactVersion(resolve(childText(dependency, 'version'))) ?? known?.version;
    const scope = resolve(childText(dependency, 'scope')) ?? known?.scope;
    // A file of the machine that builds.
    if (scope === 'system') continue;
    yield { kind: 'listed', name, version, development: scope === 'test', line: dependency.line };
  }
}

function readManaged(project: XmlElement, resolve: Resolve): ReadonlyMap<string, Managed> {
  const managed = new Map<string, Managed>();
  const list = childOf(childOf(project, 'dependencyManagement'), 'dependencies');
  for (const dependency of childrenOf(list, 'dependency')) {
    const name = nameOf(dependency, resolve);
    const version = toExactVersion(resolve(childText(dependency, 'version')));
    if (name !== undefined && !managed.has(name))
      managed.set(name, { version, scope: resolve(childText(dependency, 'scope')) });
  }
  return managed;
}

function nameOf(dependency: XmlElement, resolve: Resolve): string | undefined {
  return toMavenName(resolve(childText(dependency, 'groupId')), resolve(childText(dependency, 'artifactId')));
}
