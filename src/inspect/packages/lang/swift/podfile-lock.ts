import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isYamlMap, parseYaml, type YamlMap } from '../../document/yaml.ts';

const pod = /^([^\s()]{1,300}) \(([^\s()]{1,200})\)$/;

/**
 * Reads CocoaPods' lock file. Parts of a pod (`Pod/Part`) share its version and are the pod.
 * https://guides.cocoapods.org/using/using-cocoapods.html#what-is-podfilelock
 */
export function* readPodfileLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseYaml(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'cocoapods', state: 'declared' }, readPods(file, parsed.value[0]!), limits);
}

function* readPods(file: OpenFile, document: YamlMap): Generator<Listed | Problem> {
  const pods = document.get('PODS');
  // A project without pods has no list.
  if (pods === undefined && document.has('COCOAPODS')) return;
  if (!Array.isArray(pods)) {
    yield problemOf(file, 'malformed', 'its PODS are no list; they are missing from the result');
    return;
  }
  for (const entry of pods) {
    const text: unknown = isYamlMap(entry) ? [...entry.keys()][0] : entry;
    const [, name = '', version] = (typeof text === 'string' && pod.exec(text)) || [];
    const [whole] = name.split('/', 1);
    yield { kind: 'listed', name: whole, version, origin: originOf(document, whole!) };
  }
}

/** Where the Podfile asks for something else than what the list of specifications has. */
function originOf(document: YamlMap, name: string): string | undefined {
  const external = document.get('EXTERNAL SOURCES');
  const source = isYamlMap(external) ? external.get(name) : undefined;
  if (!isYamlMap(source)) return undefined;
  const checkouts = document.get('CHECKOUT OPTIONS');
  const checkout = isYamlMap(checkouts) ? checkouts.get(name) : undefined;
  const commit = isYamlMap(checkout) ? checkout.get(':commit') : undefined;
  const address = [':git', ':path', ':podspec', ':http']
    .map((key) => source.get(key))
    .find((text) => text !== undefined);
  return `${String(address ?? 'unknown')}${typeof commit === 'string' ? `#${commit}` : ''}`;
}
