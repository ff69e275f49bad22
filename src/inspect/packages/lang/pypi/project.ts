import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { entriesOf, isTable, textsOf } from '../../document/table.ts';
import { decodeText } from '../../document/text.ts';
import { parseToml } from '../../document/toml.ts';
import { isProjectName, isVersionText } from './names.ts';
import { Unpinned } from './problem.ts';
import { readRequirement } from './requirement-line.ts';
import { isDevelopmentGroup } from './requirements-path.ts';
import { readSetupCfg } from './setup-cfg.ts';
import { readSetupPy } from './setup-py.ts';

/** What a project asks for; `group` where it does not need it to run. */
export interface Asked {
  readonly text: string;
  readonly group?: string;
}

/** `pyproject.toml`. https://packaging.python.org/en/latest/specifications/pyproject-toml/ Poetry's own tables are not read. */
export function* readPyproject(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseToml(file, limits);
  if ('problem' in parsed) return yield parsed.problem;
  const project = isTable(parsed.value.project) ? parsed.value.project : {};
  const groups = [...entriesOf(project['optional-dependencies']), ...entriesOf(parsed.value['dependency-groups'])];
  yield* toFound(file, [
    ...textsOf(project.dependencies).map((text) => ({ text })),
    ...groups.flatMap(([group, asked]) => textsOf(asked).map((text) => ({ text, group }))),
  ]);
}

/** `setup.cfg` and `setup.py`. https://setuptools.pypa.io/en/latest/userguide/dependency_management.html */
export function readSetup(file: OpenFile): Iterable<Found> {
  return toFound(file, file.path.endsWith('.cfg') ? readSetupCfg(decodeText(file)) : readSetupPy(decodeText(file)));
}

/** The exact versions; the rest is counted. */
function* toFound(file: OpenFile, asked: Iterable<Asked>): Generator<Found> {
  const unpinned = new Unpinned();
  for (const { text, group } of asked) {
    const found = readRequirement(text.trim());
    if (found.kind === 'nothing') continue;
    const { name, version } = found.kind === 'pinned' ? found : { name: '', version: '' };
    const development = group !== undefined && isDevelopmentGroup(group);
    if (isProjectName(name) && isVersionText(version))
      yield {
        kind: 'package',
        type: 'pypi',
        name,
        version,
        state: 'declared',
        ...(development ? { development } : {}),
      };
    else unpinned.add(found.kind === 'unpinned' ? found.name : text);
  }
  yield* unpinned.toProblems(file);
}
