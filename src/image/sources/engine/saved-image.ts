import { compressionOf } from '../../../base/bytes/decompress.ts';
import { readTarMembers, type StreamedMember, type ToDamage } from '../../../base/bytes/tar/members.ts';
import { PlimsollError } from '../../../base/errors.ts';
import type { Limits } from '../../../base/limits.ts';
import { ArchiveMembers, nameOf } from '../archive-members.ts';
import type { TakePassing } from '../source.ts';
import type { StoredFile, StoredFiles } from '../stored-files.ts';
import { oneLine } from './engine-error.ts';

/** A member that an engine sent, with its bytes where they are kept. */
export interface SentMember {
  readonly size: number;
  readonly bytes?: Buffer;
}

/** Where the members of a saved image come from. */
export interface SaveStream {
  /** For errors. */
  readonly name: string;
  readonly limits: Limits;
  /** Asks the engine for the whole archive, from its beginning. */
  open(signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** Of members up to this size the bytes are kept, whatever they are: asking for the archive again costs far more. */
const smallBytes = 64 * 1024;
/** Bytes kept of all members together; the documents of real images have some 100 KB. */
const maxKeptBytes = 16 * 1024 * 1024;
/** A ustar header has its magic at byte 257. */
const headBytes = 512;

/**
 * An image as an engine saves it, a tar archive that comes as a stream: small members are kept, large ones are streamed again from
 * a new request each time they are opened. Nothing is written to disk.
 */
export class SentImage implements StoredFiles {
  readonly name: string;
  readonly members: ArchiveMembers<SentMember>;
  /** The members whose bytes were asked for as a whole: the image's documents. */
  readonly documents = new Set<string>();
  readonly #stream: SaveStream;

  constructor(members: ArchiveMembers<SentMember>, stream: SaveStream) {
    this.name = stream.name;
    this.members = members;
    this.#stream = stream;
  }

  async find(path: string): Promise<StoredFile | undefined> {
    const member = this.members.find(path);
    if (member === undefined) return undefined;
    return {
      size: member.size,
      readWhole: async (maxBytes) => {
        this.documents.add(path);
        return this.#readWhole(path, member, maxBytes);
      },
      stream: (signal) => this.#read(path, member, signal),
    };
  }

  async #readWhole(path: string, member: SentMember, maxBytes: number): Promise<Buffer> {
    if (member.size > maxBytes)
      throw new PlimsollError(
        'limit-exceeded',
        `${this.name}: ${path} has ${member.size} bytes where at most ${maxBytes} are read. This is no image document.`,
      );
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#read(path, member)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async *#read(path: string, member: SentMember, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    if (member.bytes !== undefined) {
      yield member.bytes;
      return;
    }
    for await (const { entry, body } of readMembers(this.#stream, signal)) {
      // Engines write the same archive each time; a link stands for the member that it leads to.
      if (entry.type !== 'file' || this.members.files.get(nameOf(entry.path)) !== member) continue;
      yield* body;
      return;
    }
    throw new PlimsollError(
      'image-unreadable',
      `${this.name}: ${path} is no longer in what the engine sends. Was the image removed meanwhile? Try again.`,
    );
  }
}

/**
 * Reads an engine's archive once and keeps its small members.
 * @param takePassing Is given each large member that may be a layer while it streams by.
 */
export async function readSentImage(
  stream: SaveStream,
  signal: AbortSignal | undefined,
  takePassing: TakePassing | undefined,
): Promise<SentImage> {
  const members = new ArchiveMembers<SentMember>();
  let kept = 0;
  for await (const member of readMembers(stream, signal)) {
    const { entry, body } = member;
    const room = Math.min(stream.limits.maxManifestBytes, maxKeptBytes - kept);
    const isLayer = entry.size > smallBytes && looksLikeLayer(await body.peek(headBytes));
    if (entry.size <= room && !isLayer) {
      const bytes = await readBytes(member);
      members.add(entry, { size: entry.size, bytes }, stream.name);
      kept += bytes.length;
    } else {
      members.add(entry, { size: entry.size }, stream.name);
      if (isLayer) await takePassing?.(body);
    }
  }
  return new SentImage(members, stream);
}

async function* readMembers(stream: SaveStream, signal: AbortSignal | undefined): AsyncGenerator<StreamedMember> {
  const source = await stream.open(signal);
  const { limits, name } = stream;
  for await (const member of readTarMembers(source, limits, toDamage(name))) {
    if (member.entry.size > limits.maxLayerBytes)
      throw new PlimsollError(
        'limit-exceeded',
        `${name}: ${nameOf(member.entry.path)} has ${member.entry.size} bytes where at most ${limits.maxLayerBytes} are read.`,
      );
    yield member;
  }
}

/** Docker tells of a failure after the first byte by appending JSON to what it has sent. */
function toDamage(name: string): ToDamage {
  return (detail, offset, block) => {
    const [, said] = /^\{"errorDetail":\{[^}]*"message":"([^"]{1,400})/.exec(block.toString('latin1')) ?? [];
    const what =
      said === undefined ? `what the engine sends is no whole tar archive: ${detail}, at byte ${offset}` : '';
    return new PlimsollError(
      'image-unreadable',
      `${name}: ${what || `the engine gave up (${oneLine(said!)})`}. Try again; if it stays, pull or build the image anew.`,
    );
  };
}

async function readBytes({ body, entry }: StreamedMember): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  // Copied, or a few bytes would keep the whole chunk that they came in.
  return Buffer.concat(chunks, entry.size);
}

function looksLikeLayer(head: Buffer): boolean {
  return compressionOf(head) !== 'none' || head.toString('latin1', 257, 262) === 'ustar';
}
