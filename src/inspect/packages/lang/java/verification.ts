import { childOf, childrenOf } from '../../../../base/bytes/xml.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { parseXmlFile } from '../../document/xml.ts';
import { mavenListing, toMavenName } from './coordinates.ts';

/**
 * Reads the digests that Gradle checks what it fetches against, of every version that any build of the project asked for.
 * https://docs.gradle.org/current/userguide/dependency_verification.html
 */
export function* readVerification(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseXmlFile(file, limits);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  if (parsed.value.name !== 'verification-metadata') {
    yield problemOf(file, 'malformed', 'its top element is not verification-metadata');
    return;
  }
  const components = childrenOf(childOf(parsed.value, 'components'), 'component');
  const items = components.map(({ attributes, line }): Listed => {
    const name = toMavenName(attributes.get('group'), attributes.get('name'));
    return { kind: 'listed', name, version: attributes.get('version'), line };
  });
  yield* collectListed(file, mavenListing, items, limits);
}
