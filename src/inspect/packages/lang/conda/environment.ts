import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { isYamlMap, parseYaml } from '../../document/yaml.ts';

/** `channel::name==1.0`, `name=1.0=build`; one sign without a build asks for any version that begins so. */
const exact =
  /^(?:[\w./-]{1,200}::)?([\w.-]{1,200}) ?(?:==? ?(\d[^\s=*<>,|]{0,100})=[^\s=]{1,200}|== ?(\d[^\s=*<>,|]{0,100}))$/;
const name = /^(?:[\w./-]{1,200}::)?([\w.-]{1,200})/;
const pipPin = /^([A-Za-z0-9][\w.-]{0,200})(?:\[[^\]]{0,200}\])?\s{0,9}={2,3}\s{0,9}([^\s;,*]{1,200})/;

/**
 * Reads the file that an environment is made by: conda's packages, and pip's in a list within.
 * https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
 */
export function* readEnvironment(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseYaml(file, limits);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  const dependencies = parsed.value[0]!.get('dependencies');
  // Other programs call files so, too.
  if (!Array.isArray(dependencies)) return;
  yield* collectListed(file, { type: 'conda', state: 'declared' }, readDependencies(dependencies), limits);
}

function* readDependencies(dependencies: readonly unknown[]): Generator<Listed | Problem> {
  for (const entry of dependencies) {
    if (typeof entry === 'string') yield toListed(entry.trim().slice(0, 1000));
    const pip: unknown = isYamlMap(entry) ? entry.get('pip') : undefined;
    for (const line of Array.isArray(pip) ? pip : []) {
      const [, project, version] = (typeof line === 'string' && pipPin.exec(line.slice(0, 1000))) || [];
      // Options, and files that are read by themselves.
      if (typeof line === 'string' && line.startsWith('-')) continue;
      yield { kind: 'listed', type: 'pypi', name: project ?? String(line).split(/[\s<>=!~[;@]/, 1)[0], version };
    }
  }
}

function toListed(text: string): Listed {
  const [, pinned, withBuild, plain] = exact.exec(text) ?? [];
  if (pinned !== undefined) return { kind: 'listed', name: pinned, version: withBuild ?? plain };
  return { kind: 'listed', name: name.exec(text)?.[1], version: undefined };
}
