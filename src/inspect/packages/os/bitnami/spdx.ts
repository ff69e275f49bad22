import type { Problem } from '../../../../base/model/problem.ts';
import { parsePurl, toWholeName } from '../../../../base/purl.ts';
import type { OpenFile } from '../../cataloguer.ts';
import type { BillComponent } from '../../document/bill.ts';
import type { Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';

/** The packages that are Bitnami's; the purls of others are of languages, whose own files are found beside. */
export function* toListed(file: OpenFile, packages: Iterable<BillComponent>): Generator<Listed | Problem> {
  let count = 0;
  let unnamed = 0;
  for (const { purl, licenses } of packages) {
    count++;
    const parts = purl === undefined ? undefined : parsePurl(purl);
    if (parts === undefined) unnamed++;
    else if (parts.type === 'bitnami') {
      const detail = parts.qualifiers ? { qualifiers: parts.qualifiers } : undefined;
      yield { kind: 'listed', name: toWholeName(parts), version: parts.version, licenses, purl: detail };
    }
  }
  if (count === 0) yield problemOf(file, 'malformed', 'it is no bill of materials of SPDX that names a package');
  if (unnamed > 0)
    yield problemOf(file, 'incomplete', `packages without usable purl (${unnamed}) are missing from the result`);
}
