import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { decodeText } from '../../document/text.ts';
import { isYamlMap, parseYaml } from '../../document/yaml.ts';
import { toListed } from './uses.ts';

/** Reads a workflow, or an action that is made of others. Any other file that is called so names none. */
export function* readWorkflow(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseYaml(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'githubactions', state: 'declared' }, readUses(file, parsed.value), limits);
}

function* readUses(file: OpenFile, documents: readonly unknown[]): Generator<Listed> {
  const comments = commentsOf(decodeText(file));
  for (const document of documents) {
    const jobs = field(document, 'jobs');
    const owners = [field(document, 'runs'), ...(isYamlMap(jobs) ? jobs.values() : [])];
    for (const uses of owners.flatMap(usesOf)) {
      const listed = typeof uses === 'string' ? toListed(uses, comments.get(uses) ?? '') : undefined;
      if (listed !== undefined) yield listed;
    }
  }
}

/** Of a job or an action: the workflow that it calls, or what its steps use. */
function usesOf(owner: unknown): unknown[] {
  const steps = field(owner, 'steps');
  return [field(owner, 'uses'), ...(Array.isArray(steps) ? steps.map((step) => field(step, 'uses')) : [])];
}

function field(value: unknown, name: string): unknown {
  return isYamlMap(value) ? value.get(name) : undefined;
}

/** The comment behind each `uses` of a line, which the parser drops. */
function commentsOf(text: string): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, uses, comment] =
      /^\s*(?:-\s{1,20})?uses:\s{1,20}["']?([^\s"'#]{1,500})["']?\s{1,40}#\s*(.*)$/.exec(line.slice(0, 1000)) ?? [];
    if (uses !== undefined && comment !== undefined) comments.set(uses, comment);
  }
  return comments;
}
