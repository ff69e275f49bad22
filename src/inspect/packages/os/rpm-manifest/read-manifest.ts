import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseSourceRpm, toVersion } from '../rpm/source-rpm.ts';

/** How rpm writes a tag that a package does not have. */
const absent = '(none)';

/** Keys that packages are verified with. */
const keyName = 'gpg-pubkey';

/**
 * Reads the manifest: a package a line, its fields apart by tabs, as rpm writes them for the format
 * `%{NAME}\t%{VERSION}-%{RELEASE}\t%{INSTALLTIME}\t%{BUILDTIME}\t%{VENDOR}\t%{EPOCH}\t%{SIZE}\t%{ARCH}\t%{EPOCHNUM}\t%{SOURCERPM}\n`.
 */
export function* readManifest(file: OpenFile, limits: Limits): Generator<Found> {
  const text = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength).toString('utf8');
  let line = 0;
  for (const row of readLines(text)) {
    if (++line > limits.maxPackagesPerFile) {
      const message = `more than ${limits.maxPackagesPerFile} lines; the rest was not read`;
      yield problem(file, line, 'too-many', message);
      return;
    }
    if (row === '' || row.startsWith(`${keyName}\t`)) continue;
    yield toPackage(row) ?? problem(file, line, 'malformed', 'a line that is no package; it is missing');
  }
}

function toPackage(row: string): FoundPackage | undefined {
  const fields = row.slice(0, 8192).split('\t');
  const [name, fullVersion = '', , , vendor, epochTag, , architecture, epochNumber, sourceRpm = ''] = fields;
  const [, version, release] = /^([^-\s]{1,256})-([^-\s]{1,256})$/.exec(fullVersion) ?? [];
  if (fields.length < 10 || !name || !version || !release) return undefined;
  const epoch = readEpoch(epochTag, epochNumber);
  const source = parseSourceRpm(sourceRpm, epoch);
  return {
    kind: 'package',
    type: 'rpm',
    name,
    version: toVersion(epoch, version, release),
    state: 'installed',
    ...(source ? { source } : {}),
    ...(architecture && architecture !== absent ? { architecture } : {}),
    ...(vendor && vendor !== absent ? { maintainer: vendor } : {}),
  };
}

/** The first field is the tag, and `(none)` in some images whatever the tag is; the second is 0 where there is none. */
function readEpoch(tag: string | undefined, number: string | undefined): number | undefined {
  if (/^\d{1,10}$/.test(tag ?? '')) return Number(tag);
  return /^[1-9]\d{0,9}$/.test(number ?? '') ? Number(number) : undefined;
}

function problem(file: OpenFile, line: number, code: ProblemCode, message: string): Problem {
  return {
    kind: 'problem',
    where: { path: file.path, offset: line, unit: 'line' },
    code,
    message: `In the manifest of rpm packages: ${message}.`,
  };
}
