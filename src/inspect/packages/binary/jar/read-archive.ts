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
const maxXmlBytes = 1 << 20;
/** The manifest of a signed archive has the digest of each file. */
const maxManifestBytes = 16 << 20;
const emptyBytes = 22;

/** What an archive and those in it say of themselves, and what could not be read. */
export function* readArchive(archive: Archive, reading: Reading): Generator<ArchiveFacts | Problem> {
  if (!mustBeArchive(archive.path) && !looksLikeZip(archive.content)) return;
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
  const { manifest, poms, archives } = selectMembers(entries);
  yield* readFacts(archive, manifest, poms, reading);
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
  { properties, xml }: PomMembers,
  reading: Reading,
): Generator<Problem, Coordinates | undefined> {
  if (properties !== undefined) {
    const bytes = readMember(archive, properties, maxPropertiesBytes, reading);
    const found = 'kind' in bytes ? undefined : parsePomProperties(bytes);
    if ('kind' in bytes) yield bytes;
    if (found !== undefined) return found;
  }
  if (xml === undefined) return undefined;
  const bytes = readMember(archive, xml, Math.min(maxXmlBytes, reading.budget.xmlBytes), reading);
  if ('kind' in bytes) {
    yield bytes;
    return undefined;
  }
  reading.budget.xmlBytes -= bytes.length;
  const found = parsePomXml(`${archive.path}!/${xml.name}`, bytes, reading.limits);
  if (found === undefined || !('kind' in found)) return found;
  yield found;
  return undefined;
}

function readMember(archive: Archive, entry: ZipEntry, maxBytes: number, { budget }: Reading): Buffer | Problem {
  const bytes = readEntryAt(archive, entry, Math.min(maxBytes, budget.unpackedBytes));
  // What is damaged was unpacked too, up to the size that it says.
  budget.unpackedBytes -= Math.min(entry.size, maxBytes, budget.unpackedBytes);
  return bytes;
}

function* readInner(outer: Archive, entries: readonly ZipEntry[], reading: Reading): Generator<ArchiveFacts | Problem> {
  const { budget } = reading;
  for (const entry of entries) {
    const path = `${outer.path}!/${entry.name.slice(0, 200)}`;
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
