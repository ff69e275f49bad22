import { isDamage } from '../../../../base/bytes/damage.ts';
import { type RpmHeader, readRpmHeader } from '../../../../base/bytes/rpm-header/header.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Ownership } from '../../../../base/model/package.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { readFilePaths } from './file-paths.ts';
import { type HeaderBlob, readHeaderBlobs } from './header-blobs.ts';
import { toPackage } from './to-package.ts';

/** Owned files that are held at once: what nobody reads of them is dropped as they come. */
const maxPathsTogether = 10_000;

/** Characters of all paths together. A header has dozens of bytes for each file, but it may name one long folder for millions. */
const maxPathCharacters = 512 << 20;

/** Keys that packages are verified with are kept among them, as packages of this name. */
const keyName = 'gpg-pubkey';

/** Of a write-ahead log that holds nothing. https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
const logHeaderBytes = 32;

/** Reads rpm's database, whichever of its three kinds it is. */
export function* readRpm(file: LargeFile, limits: Limits): Generator<Found> {
  if (file.path.endsWith('-wal')) {
    if (file.content.size <= logHeaderBytes) return;
    const message =
      'has changes that rpm has not written into rpmdb.sqlite yet; packages may be missing or out of date';
    yield { kind: 'problem', where: { path: file.path }, code: 'unsupported', message: `${file.path} ${message}.` };
  } else if (file.content.size === 0) yield problem(file, 0, 'truncated', 'nothing; its packages are missing');
  else yield* readHeaders(file, limits);
}

function* readHeaders(file: LargeFile, limits: Limits): Generator<Found> {
  const left = { paths: maxPathCharacters };
  let count = 0;
  let bytes = 0;
  for (const blob of readHeaderBlobs(file.content)) {
    if (++count > limits.maxPackagesPerFile) {
      const message = `more than ${limits.maxPackagesPerFile} packages and places that are damaged; the rest was not read`;
      yield problem(file, blob.offset, 'too-many', message);
      return;
    }
    if (blob.kind === 'damage') {
      yield problem(file, blob.offset, blob.code, blob.message);
      continue;
    }
    bytes += blob.bytes.length;
    if (bytes > file.content.size) {
      yield problem(file, blob.offset, 'malformed', 'headers that lie over one another; the rest was not read');
      return;
    }
    yield* readHeader(file, blob, left);
  }
}

function* readHeader(file: LargeFile, { bytes, offset }: HeaderBlob, left: { paths: number }): Generator<Found> {
  const header = readRpmHeader(bytes);
  if (isDamage(header)) {
    yield problem(file, offset, header.code, `${header.message}; its package is missing from the result`);
    return;
  }
  const item = toPackage(header);
  if (header.damage)
    yield problem(file, offset, header.damage.code, `${header.damage.message}, in the header of ${nameOf(item)}`);
  if (!('kind' in item)) {
    yield problem(file, offset, 'incomplete', `a header without ${item.join(' and ')}; its package is missing`);
  } else if (item.name !== keyName) {
    yield item;
    yield* readOwnership(file, item.name, header, offset, left);
  }
}

function* readOwnership(
  file: LargeFile,
  owner: string,
  header: RpmHeader,
  offset: number,
  left: { paths: number },
): Generator<Ownership | Problem> {
  const all = readFilePaths(header);
  let paths: string[] = [];
  let next = all.next();
  for (; next.done !== true && left.paths > 0; next = all.next()) {
    left.paths -= next.value.length;
    paths.push(next.value);
    if (paths.length < maxPathsTogether) continue;
    yield { kind: 'ownership', type: 'rpm', owner, paths };
    paths = [];
  }
  if (paths.length > 0) yield { kind: 'ownership', type: 'rpm', owner, paths };
  if (next.done !== true) yield problem(file, offset, 'too-many', `the files of ${owner} are too many to be read`);
  else if (!next.value) yield problem(file, offset, 'malformed', `the list of files of ${owner} is damaged`);
}

function nameOf(item: ReturnType<typeof toPackage>): string {
  return 'kind' in item ? item.name : 'a package without name';
}

function problem(file: LargeFile, offset: number, code: ProblemCode, message: string): Problem {
  return {
    kind: 'problem',
    where: { path: file.path, offset, unit: 'byte' },
    code,
    message: `In rpm's database: ${message}.`,
  };
}
