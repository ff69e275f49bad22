// Writes docs/coverage.md out of the code: what is read, compared by which order, with which advisories. `--check` fails where it differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { feeds } from '../src/advise/feeds/index.ts';
import { ecosystems } from '../src/base/ecosystems.ts';
import { signature } from '../src/inspect/packages/binary/signature/index.ts';
import { signatures } from '../src/inspect/packages/binary/signature/table.ts';
import type { Cataloguer, FilePattern } from '../src/inspect/packages/cataloguer.ts';
import { cataloguers } from '../src/inspect/packages/index.ts';
import { peersOf } from './peers.ts';

const page = new URL('../docs/coverage.md', import.meta.url);
const text = write();
if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  process.stderr.write('docs/coverage.md is not what the code says: node scripts/coverage.ts\n');
  process.exitCode = 1;
}

function write(): string {
  return `# What is covered

Made out of the code by \`node scripts/coverage.ts\`; do not edit.

## What is read

Files by their path, by their name anywhere, or by how they end (\`*\`). "Others" says who else reads some of these files in an image, as
of August 2026: T Trivy, S Syft and Grype, O osv-scalibr.

| cataloguer | files | others |
|---|---|---|
${cataloguers.map(toCataloguerRow).join('\n')}

## What is compared

Versions by the order of each ecosystem's own tool; names of OSV. Advisories come from ${feeds
    .filter(({ gives }) => gives === 'advisories')
    .map(({ id }) => `\`${id}\``)
    .join(', ')}, priorities and ends of support from ${feeds
    .filter(({ gives }) => gives !== 'advisories')
    .map(({ id }) => `\`${id}\``)
    .join(', ')}. A package of a type or distribution that has no row is listed and counted as not compared.
So is \`generic\`, software that no package manager knows: no advisories are named by it.

| ecosystem | purl type | order | distributions | advisories name |
|---|---|---|---|---|
${ecosystems.map(toEcosystemRow).join('\n')}
`;
}

function toCataloguerRow(cataloguer: Cataloguer): string {
  const files = cataloguer === signature ? [namesOfSignatures()] : cataloguer.files.map(toFile);
  if (cataloguer.programs) files.push('every program and library (ELF, PE, Mach-O)');
  return `| ${cataloguer.id} | ${[...new Set(files)].join(', ')} | ${peersOf(cataloguer.id)} |`;
}

/** Its patterns are loose, such as any file that ends in a digit, and each row of the table then looks closer. */
function namesOfSignatures(): string {
  const names = new Set(signatures.map(({ name }) => name));
  return `files of the names that these have (see [rows/](../src/inspect/packages/binary/signature/rows)): ${[...names].sort().join(', ')}`;
}

function toFile(pattern: FilePattern): string {
  if ('path' in pattern) return `\`/${pattern.path}\``;
  if ('name' in pattern) return `\`${pattern.name}\``;
  if ('pathSuffix' in pattern) return `\`*/${pattern.pathSuffix}\``;
  return `\`${pattern.folder === undefined ? '' : `${pattern.folder}/`}*${pattern.suffix}\``;
}

function toEcosystemRow({ osv, purlType, order, distributions = [], looksUpBy }: (typeof ecosystems)[number]): string {
  const ids = distributions.map((id) => `\`${id}\``).join(', ');
  return `| ${osv} | \`${purlType}\` | ${order.id} | ${ids} | ${looksUpBy === 'source' ? 'source packages' : 'packages'} |`;
}
