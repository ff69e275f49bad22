import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { entriesOf, isTable, type Table, textOf } from '../../document/table.ts';
import { toReference } from './reference.ts';

/** What is only needed to build. */
const lists = { requires: false, build_requires: true, python_requires: true, config_requires: true } as const;

/**
 * Reads `conan.lock`: of Conan 1 a graph, of Conan 2 lists.
 * https://docs.conan.io/2/tutorial/versioning/lockfiles.html, https://docs.conan.io/1/versioning/lockfiles/introduction.html
 */
export function* readConanLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'conan', state: 'declared' }, readLock(file, parsed.value), limits);
}

function* readLock(file: OpenFile, document: Table): Generator<Listed | Problem> {
  const graph = document.graph_lock;
  if (isTable(graph)) yield* readGraph(graph);
  else if (textOf(document.version)?.startsWith('0.')) yield* readLists(document);
  else yield problemOf(file, 'malformed', 'it has neither a graph nor a version of its format');
}

function* readLists(document: Table): Generator<Listed> {
  for (const [key, development] of Object.entries(lists)) {
    const list = document[key];
    for (const text of Array.isArray(list) ? list : []) yield toReference(String(text), development);
  }
}

/** A node without reference is the project. */
function* readGraph(graph: Table): Generator<Listed> {
  for (const [, node] of entriesOf(graph.nodes)) {
    if (!isTable(node)) continue;
    const text = textOf(node.ref);
    // With a path, it is the recipe in the project's own folder.
    if (text !== undefined && node.path === undefined) yield toReference(text, node.context === 'build');
  }
}
