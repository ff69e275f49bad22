import type { RandomAccess } from '../../../../base/bytes/random-access.ts';
import { openEntry, readEntryAt, readZipDirectoryAt, type ZipEntry } from '../../../../base/bytes/zip.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import { type Budget, maxArchiveBytes, maxDepth, maxDirectoryBytes } from './budget.ts';
import type { Coordinates } from './coordinates.ts';
import type { ArchiveFacts } from './identify.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { type PomMembers, selectMembers } from './members.ts';
import { parsePomProperties } from './pom-properties.ts';
import { parsePomXml } from './pom-xml.ts';
import { mustBeArchive, stemOf } from './suffix.ts';

/** An archive that is being read. */
export interface Archive {
  /** Of the outer file; behind `!/` names inside it. */
  readonly path: string;
  readonly content: RandomAccess;
  /** 0 for the outer file. */
  readonly depth: number;
}

/** What one reading of a file shares. */
export interface Reading {
  readonly limits: Limits;
  readonly budget: Budget;
}

const maxPropertiesBytes = 64 << 10;
const maxXmlBytes = 512 << 10;
/** Of applications with thousands of libraries, some 5 MB. */
const maxBillBytes = 16 << 20;
/** The manifest of a signed archive has the digest of each file. */
const maxManifestBytes = 16 << 20;
const emptyBytes = 22;
/** Of a name in messages. */
const maxShownLength = 200;

/** A bill of materials in an archive. */
export interface ArchiveBill {
  readonly bill: Buffer;
}

/** What an archive and those in it say of themselves, and what could not be read. */
export function* readArchive(archive: Archive, reading: Reading): Generator<ArchiveFacts | ArchiveBill | Problem> {
  if (!mustBeArchive(archive.path) && !looksLikeZip(archive.content)) return;
  // A placeholder, of which nothing is left unread.
  if (archive.content.size === 0) return yield { stem: stemOf(archive.path), poms: [], manifest: new Map() };
  const { budget, limits } = reading;
  const wasSpent = isSpent(budget);
  budget.archives--;
  if (wasSpent) return;
  const { entries, problems } = readZipDirectoryAt(archive, {
    maxEntries: budget.entries,
    maxPathBytes: limits.maxPathBytes,
    maxDirectoryBytes,
  });
  budget.entries -= entries.length;
  yield* problems;
  const { manifest, bill, poms, archives } = selectMembers(entries);
  yield* readFacts(archive, manifest, poms, reading);
  // Of the file itself only: thousands of archives may lie in it, and each bill is a large text to be parsed.
  const bytes = bill && archive.depth === 0 ? readMember(archive, bill, maxBillBytes, reading) : undefined;
  if (bytes !== undefined) yield 'kind' in bytes ? bytes : { bill: bytes };
  yield* readInner(archive, archives, reading);
}

/** Whether so many archives were in the file that the rest was not read. */
export function isSpent({ archives, entries }: Budget): boolean {
  return archives <= 0 || entries <= 0;
}

function looksLikeZip(content: RandomAccess): boolean {
  const head = content.read(0, emptyBytes);
  return head.length === emptyBytes && /^PK(?:\x03\x04|\x05\x06)/.test(head.toString('latin1', 0, 4));
}

function* readFacts(
  archive: Archive,
  manifestEntry: ZipEntry | undefined,
  pomMembers: readonly PomMembers[],
  reading: Reading,
): Generator<ArchiveFacts | Problem> {
  const poms: Coordinates[] = [];
  for (const members of pomMembers.slice(0, reading.limits.maxPackagesPerFile)) {
    const found = yield* readPom(archive, members, reading);
    if (found !== undefined) poms.push(found);
  }
  let manifest: Manifest = new Map();
  if (manifestEntry !== undefined) {
    const bytes = readMember(archive, manifestEntry, maxManifestBytes, reading);
    if ('kind' in bytes) yield bytes;
    else manifest = parseManifest(bytes);
  }
  yield { stem: stemOf(archive.path), poms, manifest };
}

/** `pom.properties`, else `pom.xml`, which leaves more to be looked up. */
function* readPom(
  archive: Archive,
  members: PomMembers,
  reading: Reading,
): Generator<Problem, Coordinates | undefined> {
  const { properties, xml } = members;
  const told = properties && readProperties(archive, properties, reading);
  if (told !== undefined && !('kind' in told)) return told;
  const found = xml && readXml(archive, xml, reading);
  if (found !== undefined && !('kind' in found)) return found;
  yield told ?? found ?? withoutCoordinates(archive, properties ?? xml);
  return undefined;
}

function readProperties(archive: Archive, entry: ZipEntry, reading: Reading): Coordinates | Problem | undefined {
  const bytes = readMember(archive, entry, maxPropertiesBytes, reading);
  return 'kind' in bytes ? bytes : parsePomProperties(bytes);
}

function readXml(archive: Archive, entry: ZipEntry, reading: Reading): Coordinates | Problem | undefined {
  const bytes = readMember(archive, entry, Math.min(maxXmlBytes, reading.budget.xmlBytes), reading);
  if ('kind' in bytes) return bytes;
  reading.budget.xmlBytes -= bytes.length;
  return parsePomXml(`${archive.path}!/${entry.name.slice(0, maxShownLength)}`, bytes, reading.limits);
}

function withoutCoordinates({ path }: Archive, entry: ZipEntry | undefined): Problem {
  const message = `${path}!/${entry?.name.slice(0, maxShownLength)} does not say its group, artifact and version; it is missing.`;
  return { kind: 'problem', where: { path }, code: 'unidentified', message };
}

function readMember(archive: Archive, entry: ZipEntry, maxBytes: number, { budget }: Reading): Buffer | Problem {
  const bytes = readEntryAt(archive, entry, Math.min(maxBytes, budget.unpackedBytes));
  // What is damaged was unpacked too, up to the size that it says.
  budget.unpackedBytes -= Math.min(entry.size, maxBytes, budget.unpackedBytes);
  return bytes;
}

function* readInner(
  outer: Archive,
  entries: readonly ZipEntry[],
  reading: Reading,
): Generator<ArchiveFacts | ArchiveBill | Problem> {
  const { budget } = reading;
  for (const entry of entries) {
    const path = `${outer.path}!/${entry.name.slice(0, maxShownLength)}`;
    if (isSpent(budget)) return;
    if (outer.depth >= maxDepth) {
      const message = `${path} lies in more than ${maxDepth} archives and was not read.`;
      yield { kind: 'problem', where: { path: outer.path }, code: 'too-deep', message };
      return;
    }
    const most = Math.min(maxArchiveBytes, budget.unpackedBytes, budget.heldBytes);
    const content = openEntry(outer, entry, most);
    const held = entry.method === 0 ? 0 : Math.min(entry.size, most);
    budget.unpackedBytes -= held;
    if ('kind' in content) {
      yield content;
      continue;
    }
    budget.heldBytes -= held;
    yield* readArchive({ path, content, depth: outer.depth + 1 }, reading);
    budget.heldBytes += held;
  }
}
