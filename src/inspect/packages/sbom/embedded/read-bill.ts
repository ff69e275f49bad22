import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import type { BillComponent } from '../../document/bill.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { type Parsed, problemOf } from '../../document/problem.ts';
import { readSpdxJson, readSpdxTags } from '../../document/spdx-2.ts';
import type { Table } from '../../document/table.ts';
import { decodeText } from '../../document/text.ts';
import { parseXmlFile } from '../../document/xml.ts';
import { readCycloneDx, readCycloneDxXml } from './cyclonedx.ts';
import { readSpdx3 } from './spdx-3.ts';
import { readSyft } from './syft.ts';
import { toListed } from './to-listed.ts';
import { isOfWheel } from './wheel-path.ts';

/** Reads a bill of materials, in whatever format its content is. */
export function readBill(file: OpenFile, limits: Limits): Iterable<Found> {
  const state = isOfWheel(file.path) ? 'installed' : 'declared';
  return collectListed(file, { type: 'generic', state }, itemsOf(file, limits), limits);
}

function* itemsOf(file: OpenFile, limits: Limits): Generator<Listed | Problem> {
  const start = decodeText({ ...file, bytes: file.bytes.subarray(0, 4096) }).trimStart();
  if (/^(?:#.{0,400}\r?\n)*SPDXVersion:/.test(start)) {
    const { components, problem } = readSpdxTags(file, limits);
    if (problem !== undefined) yield problem;
    yield* toListed(file, components);
    return;
  }
  const parsed = parse(file, start, limits);
  if ('problem' in parsed) yield parsed.problem;
  else if (parsed.value === undefined)
    yield problemOf(file, 'unidentified', 'it is no bill of materials of CycloneDX, SPDX or Syft');
  else yield* toListed(file, parsed.value);
}

/** Undefined where it is something else. */
function parse(file: OpenFile, start: string, limits: Limits): Parsed<readonly BillComponent[] | undefined> {
  if (start.startsWith('<')) {
    const parsed = parseXmlFile(file, limits);
    return 'problem' in parsed ? parsed : { value: readCycloneDxXml(parsed.value, limits) };
  }
  if (start !== '' && !start.startsWith('{')) return { value: undefined };
  const parsed = parseJson(file);
  return 'problem' in parsed ? parsed : { value: readJson(parsed.value, limits) };
}

/** By what each format says of itself. */
function readJson(document: Table, limits: Limits): readonly BillComponent[] | undefined {
  if (document.bomFormat === 'CycloneDX') return readCycloneDx(document, limits);
  if (typeof document.spdxVersion === 'string') return readSpdxJson(document);
  if (Array.isArray(document['@graph'])) return readSpdx3(document);
  if (Array.isArray(document.artifacts) && document.schema !== undefined) return readSyft(document);
  return undefined;
}
