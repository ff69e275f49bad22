import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeZip } from './write-zip.ts';

/** An OSV record as the tests need it; `more` replaces or adds fields. */
export function osvRecord(id: string, packages: Record<string, string>, more: object = {}): object {
  return {
    schema_version: '1.7.0',
    id,
    modified: '2024-05-01T10:00:00Z',
    affected: Object.entries(packages).map(([full, fixed]) => {
      const [ecosystem, name] = full.split('/') as [string, string];
      return {
        package: { ecosystem, name },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
      };
    }),
    ...more,
  };
}

/** An export as OSV makes it: one file per record. */
export function osvExport(records: readonly object[]): Buffer {
  return writeZip(
    records.map((record) => ({ name: `${(record as { id: string }).id}.json`, content: JSON.stringify(record) })),
  );
}

/** OSV's list of when records were modified, newest first. */
export function osvModifiedList(records: readonly object[]): string {
  const lines = (records as readonly { id: string; modified: string }[]).map(
    ({ id, modified }) => `${modified},${id}\n`,
  );
  return lines.sort().reverse().join('');
}

/** CISA's catalogue with these vulnerabilities. */
export function kevCatalogue(ids: readonly string[]): string {
  const vulnerabilities = ids.map((cveID) => ({
    cveID,
    dateAdded: '2024-01-02',
    dueDate: '2024-01-23',
    knownRansomwareCampaignUse: 'Known',
  }));
  return JSON.stringify({ catalogVersion: '1', dateReleased: '2024-02-03T04:05:06.7890Z', vulnerabilities });
}

/** FIRST's list with these scores. */
export function epssScores(scores: Record<string, string>): Buffer {
  const lines = Object.entries(scores).map(([id, score]) => `${id},${score}\n`);
  const head = '#model_version:v2025.03.14,score_date:2024-06-07T00:00:00+0000\ncve,epss,percentile\n';
  return gzipSync(`${head}${lines.join('')}`);
}

/** endoflife.date's list with these releases: from when there is no support, and no extended support. */
export function supportCycles(ends: Readonly<Record<string, readonly string[]>>): string {
  const releases = Object.entries(ends).map(([key, [eolFrom, eoesFrom]]) => {
    const [product, name] = key.split(' ');
    return { product, name, eolFrom: eolFrom ?? null, eoesFrom: eoesFrom ?? null };
  });
  const result = [...Map.groupBy(releases, ({ product }) => product)].map(([name, found]) => ({
    name,
    labels: { eol: 'Security Support', eoes: 'Long Term Support' },
    releases: found,
  }));
  return JSON.stringify({
    schema_version: '1.2.1',
    generated_at: '2024-04-05T06:07:08Z',
    total: result.length,
    result,
  });
}

/** Writes files below a directory. */
export function writeFiles(directory: string, files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
