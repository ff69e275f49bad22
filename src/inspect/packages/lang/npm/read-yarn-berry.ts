import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { OpenFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { isYamlMap, parseYaml } from '../../document/yaml.ts';
import { splitDescriptor } from './descriptor.ts';
import type { Locked } from './locked.ts';

/** Workspaces and folders that are used where they lie: parts of the project, not packages. */
const ownProtocols = /^(?:workspace|link|portal):/;

/**
 * Reads the lock file of yarn 2 and later. `resolution` is what was taken, `name@protocol:rest`; a range without protocol is
 * npm's. Which entries are for development stands only in `package.json`. https://yarnpkg.com/protocols
 */
export function* readYarnBerry(file: OpenFile, text: string, limits: Limits): Generator<Locked | Problem> {
  const parsed = parseYaml(file, limits, text);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  for (const [key, entry] of parsed.value.flatMap((document) => [...document])) {
    if (key === '__metadata') continue;
    const resolution = isYamlMap(entry) ? entry.get('resolution') : undefined;
    const taken = typeof resolution === 'string' ? splitDescriptor(resolution) : undefined;
    if (!isYamlMap(entry) || !taken)
      yield problemOf(
        file,
        'incomplete',
        `the entry of ${key.slice(0, 200)} has no resolution; it is missing from the result`,
      );
    else if (!ownProtocols.test(taken.range)) yield toLocked(taken.name, taken.range, entry.get('version'));
  }
}

/** A patch changes a few lines of a package, which stays subject to the advisories of what it patches. */
function toLocked(name: string, range: string, version: unknown): Locked {
  const base = range.startsWith('patch:') ? patchedRange(range) : range;
  return { kind: 'locked', name, version, address: base.startsWith('npm:') ? undefined : withoutBindings(base) };
}

/** `patch:lodash@npm%3A4.17.15#...`: what follows the inner name, decoded. */
function patchedRange(range: string): string {
  const inner = splitDescriptor(range.slice('patch:'.length).split('#', 1)[0]!)?.range ?? range;
  return inner.replace(/^([a-z+]{1,20})%3A/i, '$1:');
}

/** Yarn appends what it needs to find the thing again: `file:./x.tgz#./x.tgz::hash=...&locator=...`. */
function withoutBindings(range: string): string {
  const end = range.indexOf('::');
  const plain = end < 0 ? range : range.slice(0, end);
  return plain.startsWith('file:') ? plain.split('#', 1)[0]! : plain;
}
