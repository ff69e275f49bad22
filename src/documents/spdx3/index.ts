import type { Package } from '../../base/model/package.ts';
import type { Report } from '../../base/model/report.ts';
import { writeJson } from '../json-text.ts';
import { toOwnerships } from '../ownership.ts';
import { toPackageIds } from '../package-ids.ts';
import { toProblemText } from '../problem-text.ts';
import { firstOfEachSource, toSourceId } from '../source-package.ts';
import type { GraphEntry, Relationship } from './elements.ts';
import { toHeader } from './header.ts';
import { Licenses } from './licenses.ts';
import { creationInfo, Naming } from './naming.ts';
import { toImage, toPackage, toSource, toSystem } from './packages.ts';
import { Suppliers } from './suppliers.ts';

/** Packages of one relationship: an image with a hundred thousand has a few hundred, none of them large. */
const perRelationship = 500;

/**
 * Writes an SPDX 3.0.1 document in chunks: the image, its packages, and what they were built from. Vulnerabilities are not in it. The
 * same report gives the same document. Elements are made one at a time.
 */
export function writeSpdx3(report: Report): Iterable<string> {
  return writeJson({
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': toGraph(report),
  });
}

function* toGraph(report: Report): Generator<GraphEntry> {
  const naming = new Naming(report);
  const ids = toPackageIds(report.packages);
  yield* toHeader(report, naming);
  yield* toImage(report.image, naming);
  if (report.image.os) yield* toSystem(report.image.os, naming);
  yield* toPackages(report, ids, naming);
  for (const [id, first] of firstOfEachSource(report.packages)) yield toSource(first, `source-${id}`, naming);
  yield* toRelationships(report, ids, naming);
  yield* toProblems(report, naming);
}

function* toPackages({ packages }: Report, ids: readonly string[], naming: Naming): Generator<GraphEntry> {
  const suppliers = new Suppliers(naming);
  const licenses = new Licenses(naming);
  for (const [place, item] of packages.entries()) {
    const local = `package-${ids[place]}`;
    const suppliedBy = yield* suppliers.take(item.maintainer, item.type === 'rpm');
    yield* toPackage(item, local, suppliedBy, naming);
    const license = yield* licenses.take(item.licenses);
    if (license !== undefined) yield relate(naming, naming.of(local), 'hasDeclaredLicense', [license]);
  }
  yield* licenses.texts();
}

/** What packages need of each other is not known; where a part was not read, neither is all that the image contains. */
function* toRelationships(report: Report, ids: readonly string[], naming: Naming): Generator<Relationship> {
  const { image, packages, problems } = report;
  yield relate(naming, naming.of('document'), 'describes', [naming.of('image')]);
  const idOf = (place: number) => naming.of(`package-${ids[place]}`);
  const contain = (to: readonly string[]): Relationship => ({
    ...relate(naming, naming.of('image'), 'contains', to),
    completeness: problems.length > 0 ? 'incomplete' : 'noAssertion',
  });
  if (image.os) yield contain([naming.of('operating-system')]);
  for (let start = 0; start < ids.length; start += perRelationship)
    yield contain(ids.slice(start, start + perRelationship).map((_id, place) => idOf(start + place)));
  for (const [owner, owned] of toOwnerships(packages)) yield relate(naming, idOf(owner), 'contains', [idOf(owned)]);
  yield* toOrigins(packages, ids, naming);
}

function* toOrigins(packages: readonly Package[], ids: readonly string[], naming: Naming): Generator<Relationship> {
  for (const [place, item] of packages.entries()) {
    const source = toSourceId(item);
    if (source !== undefined)
      yield relate(naming, naming.of(`source-${source}`), 'generates', [naming.of(`package-${ids[place]}`)]);
  }
}

function relate(
  naming: Naming,
  from: string,
  relationshipType: Relationship['relationshipType'],
  to: readonly string[],
): Relationship {
  return { type: 'Relationship', spdxId: naming.next('relationship'), creationInfo, from, relationshipType, to };
}

function* toProblems({ problems }: Report, naming: Naming): Generator<GraphEntry> {
  for (const problem of problems)
    yield {
      type: 'Annotation',
      spdxId: naming.next('problem'),
      creationInfo,
      annotationType: 'other',
      subject: naming.of('image'),
      contentType: 'text/plain',
      statement: toProblemText(problem),
    };
}
