import type { Problem } from '../../base/model/problem.ts';
import type { Report } from '../../base/model/report.ts';
import { writeJson } from '../json-text.ts';
import { toOwnerships } from '../ownership.ts';
import { toId, toPackageIds } from '../package-ids.ts';
import { toArtifact } from './artifacts.ts';
import type { Relationship, SyftDocument, SyftFile } from './document.ts';
import { toDistro, toSource } from './source.ts';

/** The schema that documents hold to. Readers take every version up to their own. */
const schemaVersion = '16.0.0';

/**
 * Writes the JSON of Syft, which Grype and others read, in chunks: the packages, the distribution, and which package owns which.
 * Vulnerabilities are not in it. The same report gives the same document. Packages are converted one at a time.
 */
export function writeSyft(report: Report): Iterable<string> {
  return writeJson(toDocument(report));
}

function toDocument(report: Report): SyftDocument {
  const { image, packages, problems, tool } = report;
  const ids = toPackageIds(packages);
  const source = toSource(image);
  return {
    artifacts: packages.values().map((item, place) => toArtifact(item, ids[place]!)),
    artifactRelationships: toRelationships(report, ids, source.id),
    files: toFiles(problems),
    source,
    distro: toDistro(image.os),
    descriptor: { name: tool.name, version: tool.version },
    schema: {
      version: schemaVersion,
      url: `https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-${schemaVersion}.json`,
    },
  };
}

function* toRelationships({ packages }: Report, ids: readonly string[], source: string): Generator<Relationship> {
  for (const [owner, owned] of toOwnerships(packages))
    yield { parent: ids[owner]!, child: ids[owned]!, type: 'ownership-by-file-overlap' };
  for (const id of ids) yield { parent: source, child: id, type: 'contains' };
}

/** Files that could not be read, each with why. */
function* toFiles(problems: readonly Problem[]): Generator<SyftFile> {
  const byPlace = Map.groupBy(problems, ({ where }) => `${where.layer ?? ''}\n${where.path}`);
  for (const [place, found] of byPlace) {
    const { path, layer } = found[0]!.where;
    yield {
      id: toId(place),
      location: { path: `/${path}`, layerID: layer },
      unknowns: found.map(({ code, message }) => `${code}: ${message}`),
    };
  }
}
