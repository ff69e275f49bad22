import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { entriesOf, isTable, type Table, tablesOf, textOf } from '../../document/table.ts';

/**
 * Reads the specification of one installed package. It comes first among its nodes; what it needs comes after and has folders of
 * its own, unless it is the system's.
 */
export function* readSpec(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'spack', state: 'installed' }, [toListed(file, parsed.value)], limits);
}

/** `{"spec": {"nodes": [{"name": "zlib", "version": "1.2.13"}]}}`; before 2021, `{"spec": [{"zlib": {"version": "1.2.11"}}]}`. */
function toListed(file: OpenFile, { spec }: Table): Listed | Problem {
  const [node] = isTable(spec) ? tablesOf(spec.nodes) : [];
  if (node !== undefined) return toPackage(node.name, node);
  const [old] = entriesOf(tablesOf(spec)[0]);
  if (old !== undefined && isTable(old[1])) return toPackage(old[0], old[1]);
  return problemOf(file, 'malformed', 'it has no package; it is missing from the result');
}

/** The hash tells builds of one version apart, as which Spack has them beside each other. */
function toPackage(name: unknown, { version, arch, hash }: Table): Listed {
  const target = isTable(arch) ? arch.target : undefined;
  const architecture = textOf(target) ?? (isTable(target) ? textOf(target.name) : undefined);
  const qualifiers = { ...named('arch', architecture), ...named('hash', textOf(hash)) };
  return { kind: 'listed', name, version, purl: { qualifiers } };
}

function named(key: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [key]: value };
}
