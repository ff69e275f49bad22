import { readLines } from '../../../../base/bytes/lines.ts';
import { unpackZstd } from '../../../../base/bytes/unpack-whole.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage, Ownership } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table, textOf, textsOf } from '../../document/table.ts';
import { isSystemName, isSystemVersion } from '../system-names.ts';
import { OwnedPaths } from './owned-paths.ts';

/** Unpacked bytes of one manifest. An image with all of Python has some 3 MB. */
const maxUnpackedBytes = 16 << 20;

/** Bad lines that are told one by one before the rest is left. */
const maxBadLines = 1000;

/** Lines: each file has two. */
const maxLines = 400_000;

/** A path, and the slices that it is from. */
const maxLineLength = 64 << 10;

/** Reads Chisel's manifest: a line of JSON for each package, slice and path, and a line that says how many there are. */
export function* readChisel(file: OpenFile, limits: Limits): Generator<Found> {
  const { bytes, damage } = unpackZstd(file.bytes, maxUnpackedBytes);
  if (damage !== undefined) yield problemOf(file, damage.code, `${damage.message}; what it lists is missing`);
  if (bytes.length === 0) return;
  const counted = { lines: 0, bad: 0, packages: 0, expected: undefined as number | undefined };
  const owned = new OwnedPaths();
  for (const line of readLines(bytes.toString('utf8'))) {
    if (++counted.lines > maxLines || counted.bad >= maxBadLines || counted.packages > limits.maxPackagesPerFile) {
      yield problemOf(file, 'too-many', 'it has more lines than are read; the rest was not', counted.lines);
      break;
    }
    const row = parseRow(line);
    const found = counted.lines === 1 ? readHeader(file, row, counted) : toFound(file, row, counted.lines, owned);
    for (const item of found) {
      if (item.kind === 'problem') counted.bad++;
      if (item.kind === 'package') counted.packages++;
      yield item;
    }
  }
  yield* owned.takeAll();
  if (damage === undefined && counted.expected !== undefined && counted.lines < counted.expected)
    yield problemOf(file, 'truncated', `it has ${counted.lines} lines of ${counted.expected}; packages may be missing`);
}

function parseRow(line: string): Table | undefined {
  if (line.length > maxLineLength) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isTable(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `{"jsonwall":"1.0","schema":"1.0","count":3}`; it counts itself. */
function* readHeader(
  file: OpenFile,
  row: Table | undefined,
  counted: { expected: number | undefined },
): Generator<Problem> {
  const [format, schema, count] = [row?.jsonwall, row?.schema, row?.count];
  if (typeof count === 'number') counted.expected = count;
  if (typeof format !== 'string') yield problemOf(file, 'malformed', 'its first line is no header of jsonwall', 1);
  else if (!/^1\./.test(format) || (typeof schema === 'string' && !/^1\./.test(schema)))
    yield problemOf(file, 'unsupported', 'it is of a later format; packages may be missing', 1);
}

function* toFound(
  file: OpenFile,
  row: Table | undefined,
  line: number,
  owned: OwnedPaths,
): Generator<FoundPackage | Ownership | Problem> {
  if (row === undefined) yield problemOf(file, 'malformed', 'a line is no object of JSON', line);
  else if (row.kind === 'package') yield toPackage(file, row, line);
  else if (row.kind === 'path') yield* owned.add(ownerOf(row), textOf(row.path) ?? '');
}

/** It does not say which source package; Ubuntu's advisories name that, and are found where both have one name. */
function toPackage(file: OpenFile, row: Table, line: number): FoundPackage | Problem {
  const [name, version, architecture] = [textOf(row.name), textOf(row.version), textOf(row.arch)];
  if (!isSystemName(name) || !isSystemVersion(version))
    return problemOf(file, 'incomplete', 'a package without usable name or version is missing from the result', line);
  return {
    kind: 'package',
    type: 'deb',
    name,
    version,
    state: 'installed',
    ...(isSystemName(architecture) ? { architecture } : {}),
  };
}

/** `openssl_bins` is a slice of openssl: names of packages have no underscore. A file of several packages is any one's. */
function ownerOf(row: Table): string | undefined {
  return textsOf(row.slices)[0]?.split('_', 1)[0];
}
