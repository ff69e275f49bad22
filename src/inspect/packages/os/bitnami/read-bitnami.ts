import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { readSpdxJson, readSpdxTags } from '../../document/spdx-2.ts';
import { entriesOf, isTable, type Table, textOf } from '../../document/table.ts';
import { decodeText } from '../../document/text.ts';
import { toListed } from './spdx.ts';

/** Reads the list of components, or the bill of materials of one, in JSON or as tags and values. */
export function readBitnami(file: OpenFile, limits: Limits): Iterable<Found> {
  return collectListed(file, { type: 'bitnami', state: 'installed' }, itemsOf(file, limits), limits);
}

function* itemsOf(file: OpenFile, limits: Limits): Generator<Listed | Problem> {
  const isList = file.path.endsWith('.json');
  const text = isList ? '' : decodeText(file);
  if (text !== '' && !text.trimStart().startsWith('{')) {
    const { components, problem } = readSpdxTags(file, limits);
    if (problem !== undefined) yield problem;
    yield* toListed(file, components);
    return;
  }
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else if (isList) yield* readComponents(parsed.value);
  else yield* toListed(file, readSpdxJson(parsed.value));
}

/** `{"redis": {"arch": "amd64", "distro": "debian-12", "type": "NAMI", "version": "7.2.4-0"}}` */
function* readComponents(components: Table): Generator<Listed> {
  for (const [name, component] of entriesOf(components)) {
    const { arch, distro, version } = isTable(component) ? component : {};
    const qualifiers = { ...named('arch', textOf(arch)), ...named('distro', textOf(distro)) };
    yield { kind: 'listed', name, version, purl: { qualifiers } };
  }
}

function named(key: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [key]: value };
}
