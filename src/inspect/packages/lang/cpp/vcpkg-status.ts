import { readStanzas } from '../../../../base/bytes/deb822.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

const wanted = new Set(['package', 'feature', 'version', 'port-version', 'status']);

/**
 * Reads what vcpkg installed, in the form of dpkg's status. Features of a package are paragraphs of their own, without version.
 * https://learn.microsoft.com/vcpkg/reference/installation-tree-layout
 */
export function readVcpkgStatus(file: OpenFile, limits: Limits): Iterable<Found> {
  return collectListed(file, { type: 'generic', state: 'installed' }, readParagraphs(file), limits);
}

function* readParagraphs(file: OpenFile): Generator<Listed | Problem> {
  for (const { fields, line, brokenLine } of readStanzas(decodeText(file), wanted)) {
    if (brokenLine !== undefined) yield problemOf(file, 'malformed', 'a line is no field', brokenLine);
    if (fields.get('feature') || !fields.get('status')?.endsWith(' installed')) continue;
    if (fields.get('status')!.endsWith('not-installed')) continue;
    const version = toVcpkgVersion(fields.get('version'), fields.get('port-version'));
    yield { kind: 'listed', name: fields.get('package'), version, purl: { namespace: 'vcpkg' }, line };
  }
}

/** A port that changed while the version of its package stayed has a number of its own: `1.2.13#1`. */
export function toVcpkgVersion(version: string | undefined, portVersion: string | undefined): string | undefined {
  return version && portVersion && portVersion !== '0' ? `${version}#${portVersion}` : version;
}
