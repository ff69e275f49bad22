import { childrenOf } from '../../../../base/bytes/xml.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { parseXmlFile } from '../../document/xml.ts';

/** Reads the list of packages of old projects. https://learn.microsoft.com/nuget/reference/packages-config */
export function* readPackagesConfig(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseXmlFile(file, limits);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  if (parsed.value.name !== 'packages') yield problemOf(file, 'malformed', 'its top element is not packages');
  const items = childrenOf(parsed.value, 'package').map(({ attributes, line }): Listed => {
    const development = attributes.get('developmentDependency')?.toLowerCase() === 'true';
    return { kind: 'listed', name: attributes.get('id'), version: attributes.get('version'), development, line };
  });
  yield* collectListed(file, { type: 'nuget', state: 'declared' }, items, limits);
}
