import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isYamlMap, parseYaml, type YamlMap } from '../../document/yaml.ts';

/** Reads `pubspec.lock`. https://dart.dev/tools/pub/glossary#lockfile */
export function* readPubspecLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseYaml(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'pub', state: 'declared' }, readPackages(file, parsed.value[0]!), limits);
}

function* readPackages(file: OpenFile, document: YamlMap): Generator<Listed | Problem> {
  const packages = document.get('packages');
  if (!isYamlMap(packages)) {
    // `packages: {}` is a mapping too.
    yield problemOf(file, 'malformed', 'it has no packages; what it lists is missing from the result');
    return;
  }
  for (const [key, entry] of packages) {
    const fields: YamlMap = isYamlMap(entry) ? entry : new Map();
    const description = fields.get('description');
    const details: YamlMap = isYamlMap(description) ? description : new Map();
    yield {
      kind: 'listed',
      name: details.get('name') ?? key,
      version: fields.get('version'),
      origin: originOf(String(fields.get('source')), details),
      development: fields.get('dependency') === 'direct dev',
    };
  }
}

/** Any server of packages may mirror the public one. What comes with Flutter or Dart is nobody's package. */
function originOf(source: string, details: YamlMap): string | undefined {
  if (source === 'hosted') return undefined;
  const text = (key: string) => (typeof details.get(key) === 'string' ? String(details.get(key)) : undefined);
  if (source === 'git') return `${text('url') ?? 'git'}#${text('resolved-ref') ?? ''}`;
  return source === 'path' ? `file:${text('path') ?? ''}` : source;
}
