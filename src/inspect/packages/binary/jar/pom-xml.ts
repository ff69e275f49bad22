import { childOf, childText } from '../../../../base/bytes/xml.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import { parseXmlFile } from '../../document/xml.ts';
import { toExactVersion } from '../../lang/java/coordinates.ts';
import { resolver } from '../../lang/java/properties.ts';
import type { Coordinates } from './coordinates.ts';

/** Whose `pom.xml` this is. Undefined where it leaves a part to files that are not there. */
export function parsePomXml(path: string, bytes: Buffer, limits: Limits): Coordinates | Problem | undefined {
  const parsed = parseXmlFile({ path, bytes }, limits);
  if ('problem' in parsed) return parsed.problem;
  const project = parsed.value;
  const parent = childOf(project, 'parent');
  const resolve = resolver(project);
  const group = resolve(childText(project, 'groupId') ?? childText(parent, 'groupId'));
  const artifact = resolve(childText(project, 'artifactId'));
  const version = toExactVersion(resolve(childText(project, 'version') ?? childText(parent, 'version')));
  return group && artifact && version ? { group, artifact, version } : undefined;
}
