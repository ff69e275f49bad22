import { readLines } from '../../../../base/bytes/lines.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import { parsePurl, toWholeName } from '../../../../base/purl.ts';
import type { OpenFile } from '../../cataloguer.ts';
import type { Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { type Table, tablesOf, textOf } from '../../document/table.ts';

/** What counts of one package in a bill of materials. https://spdx.github.io/spdx-spec/v2.3/package-information/ */
interface SpdxPackage {
  readonly purl: string | undefined;
  readonly license: string | undefined;
}

/** The packages of SPDX 2 in JSON. */
export function* readSpdxJson(document: Table): Generator<SpdxPackage> {
  for (const row of tablesOf(document.packages)) {
    const reference = tablesOf(row.externalRefs).find(({ referenceType }) => referenceType === 'purl');
    yield { purl: textOf(reference?.referenceLocator), license: textOf(row.licenseConcluded) };
  }
}

/** The packages of SPDX 2 as tags and values: each begins with its name. */
export function* readSpdxTags(text: string): Generator<SpdxPackage> {
  let current: SpdxPackage | undefined;
  for (const line of readLines(text)) {
    const [, tag, value] = /^([A-Za-z]{1,40}): ?(.{0,8500})$/.exec(line.slice(0, 8600)) ?? [];
    if (tag === 'PackageName') {
      if (current) yield current;
      current = { purl: undefined, license: undefined };
    } else if (current && tag === 'PackageLicenseConcluded') current = { ...current, license: value };
    else if (current && tag === 'ExternalRef') current = { ...current, purl: purlOf(value!) ?? current.purl };
  }
  if (current) yield current;
}

/** `PACKAGE-MANAGER purl pkg:bitnami/redis@7.4.0-0` */
function purlOf(reference: string): string | undefined {
  return /^\S{1,40} {1,10}purl {1,10}(\S{1,8192})/.exec(reference)?.[1];
}

/** The packages that are Bitnami's; the purls of others are of languages, whose own files are found beside. */
export function* toListed(file: OpenFile, packages: Iterable<SpdxPackage>): Generator<Listed | Problem> {
  let count = 0;
  let unnamed = 0;
  for (const { purl, license } of packages) {
    count++;
    const parts = purl === undefined ? undefined : parsePurl(purl);
    if (parts === undefined) unnamed++;
    else if (parts.type === 'bitnami') {
      const licenses = license && !noLicense.has(license) ? [license] : undefined;
      const detail = parts.qualifiers ? { qualifiers: parts.qualifiers } : undefined;
      yield { kind: 'listed', name: toWholeName(parts), version: parts.version, licenses, purl: detail };
    }
  }
  if (count === 0) yield problemOf(file, 'malformed', 'it is no bill of materials of SPDX that names a package');
  if (unnamed > 0)
    yield problemOf(file, 'incomplete', `packages without usable purl (${unnamed}) are missing from the result`);
}

const noLicense: ReadonlySet<string> = new Set(['NOASSERTION', 'NONE']);
