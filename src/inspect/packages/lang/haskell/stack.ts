import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isYamlMap, parseYaml, type YamlMap } from '../../document/yaml.ts';

/** `name-1.2.3`, perhaps followed by `@sha256:...` or `@rev:1`. */
const pin = /^([A-Za-z0-9][A-Za-z0-9-]{0,200})-(\d[\d.]{0,100})(?:@|$)/;

/**
 * Reads `stack.yaml` and `stack.yaml.lock`: packages that are not from the snapshot. What the snapshot holds is named in neither.
 * https://docs.haskellstack.org/en/stable/topics/lock_files/
 */
export function* readStack(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseYaml(file, limits);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  const document = parsed.value[0]!;
  const items = file.path.endsWith('.lock') ? readLock(file, document) : readProject(file, document);
  yield* collectListed(file, { type: 'hackage', state: 'declared' }, items, limits);
}

function* readLock(file: OpenFile, document: YamlMap): Generator<Listed | Problem> {
  const packages = document.get('packages');
  if (!Array.isArray(packages)) yield problemOf(file, 'malformed', 'its packages are no list');
  for (const entry of Array.isArray(packages) ? packages : []) {
    const completed = isYamlMap(entry) ? entry.get('completed') : undefined;
    const source: YamlMap = isYamlMap(completed) ? completed : new Map();
    const hackage = source.get('hackage');
    yield typeof hackage === 'string' ? toListed(hackage) : toForeign(source);
  }
}

function* readProject(file: OpenFile, document: YamlMap): Generator<Listed | Problem> {
  const extra = document.get('extra-deps');
  if (extra !== undefined && extra !== '' && !Array.isArray(extra))
    yield problemOf(file, 'malformed', 'its extra-deps are no list');
  for (const entry of Array.isArray(extra) ? extra : []) {
    // A folder of the project, or a repository whose packages have names of their own.
    if (typeof entry === 'string' && pin.test(entry)) yield toListed(entry);
  }
}

function toListed(text: string): Listed {
  const [, name, version] = pin.exec(text) ?? [];
  return { kind: 'listed', name: name ?? text.slice(0, 300), version };
}

/** A repository or an archive, which Stack has looked into. */
function toForeign(source: YamlMap): Listed {
  const address = source.get('git') ?? source.get('hg') ?? source.get('url');
  const commit = source.get('commit');
  const origin = `${String(address ?? 'unknown')}${typeof commit === 'string' ? `#${commit}` : ''}`;
  return { kind: 'listed', name: source.get('name'), version: source.get('version'), origin };
}
