import { type FileHandle, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { pipeline } from 'node:stream/promises';
import { compressionOf, decompress } from '../../base/bytes/decompress.ts';
import type { TarEntry } from '../../base/bytes/tar/entry.ts';
import { TarWalker } from '../../base/bytes/tar/walker.ts';
import { PlimsollError, toMessage } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import { ArchiveMembers } from './archive-members.ts';
import { FilePart, openFile, readExactly, type StoredFile, type StoredFiles, unreadable } from './stored-files.ts';
import { createCopy, type UnpackedCopy } from './unpacked-copy.ts';

/** Bytes read at each member's header. Extended headers of image archives are far smaller. */
const headerWindow = 64 * 1024;

/** The members of a tar archive on disk, found by jumping from header to header. */
export class Archive implements StoredFiles {
  readonly name: string;
  readonly #members: ArchiveMembers<FilePart>;
  readonly #dispose: () => Promise<void>;

  constructor(name: string, members: ArchiveMembers<FilePart>, dispose: () => Promise<void>) {
    this.name = name;
    this.#members = members;
    this.#dispose = dispose;
  }

  async find(name: string): Promise<StoredFile | undefined> {
    return this.#members.find(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispose();
  }
}

/**
 * Opens an archive. A compressed one, as `docker save | gzip` makes it, is unpacked beside the system's temporary files for as
 * long as it is open, since its members must be found and read in any order.
 */
export async function openArchive(path: string, limits: Limits, signal?: AbortSignal): Promise<Archive> {
  const size = await sizeOf(path);
  const head = await readHead(path, size);
  const compression = compressionOf(head);
  if (compression === 'none') return new Archive(path, await listMembers(path, path, size, limits), async () => {});
  const unpacked = await unpack(path, size, limits, signal);
  try {
    return new Archive(
      path,
      await listMembers(unpacked.path, path, await sizeOf(unpacked.path), limits),
      unpacked.dispose,
    );
  } catch (error) {
    await unpacked.dispose();
    throw error;
  }
}

/** Whether a file is compressed, by its first bytes. */
export async function isCompressed(path: string): Promise<boolean> {
  return compressionOf(await readHead(path, await sizeOf(path))) !== 'none';
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error('it is no regular file');
    return found.size;
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function readHead(path: string, size: number): Promise<Buffer> {
  return new FilePart(path, 0, Math.min(size, 6)).readWhole(6);
}

async function listMembers(
  path: string,
  name: string,
  size: number,
  limits: Limits,
): Promise<ArchiveMembers<FilePart>> {
  const members = new ArchiveMembers<FilePart>();
  const handle = await openFile(path);
  try {
    for (let at = 0; at < size; ) {
      const step = await readMember(
        handle,
        path,
        at,
        Math.min(headerWindow + limits.maxTarHeaderBytes, size - at),
        limits,
      );
      if (step === 'end') break;
      if ('message' in step) throw notAnArchive(name, at, step.message);
      const { entry, bodyAt } = step;
      members.add(entry, new FilePart(path, at + bodyAt, entry.size, name), name);
      at += step.next;
      if (at > size + 1024) throw notAnArchive(name, at, 'it is cut off inside a member');
    }
  } finally {
    await handle.close();
  }
  return members;
}

type Step =
  | { readonly entry: TarEntry; readonly bodyAt: number; readonly next: number }
  | { readonly message: string }
  | 'end';

/** Reads one member's headers: first a small window, and a large one only where extended headers ask for it. */
async function readMember(handle: FileHandle, path: string, at: number, most: number, limits: Limits): Promise<Step> {
  for (const window of [4096, most]) {
    const step = walkOne(await readExactly(handle, at, Math.min(window, most), path), limits);
    if (step !== undefined) return step;
  }
  return { message: 'it is cut off inside a header' };
}

function walkOne(bytes: Buffer, limits: Limits): Step | undefined {
  let step: Step | undefined;
  const walker = new TarWalker(
    {
      entry: (entry) => {
        const bodyAt = entry.offset + 512;
        step ??= { entry, bodyAt, next: bodyAt + Math.ceil(entry.size / 512) * 512 };
        return false;
      },
      body: () => {},
      problem: (code, message) => {
        if (code !== 'truncated') step ??= { message };
      },
    },
    limits,
  );
  for (let at = 0; at + 512 <= bytes.length && step === undefined && !walker.done; at += 512)
    walker.write(bytes.subarray(at, at + 512));
  return step ?? (walker.done ? 'end' : undefined);
}

async function unpack(path: string, size: number, limits: Limits, signal?: AbortSignal): Promise<UnpackedCopy> {
  const copy = await createCopy().catch((error) => {
    throw noRoom(path, error);
  });
  try {
    await pipeline(
      decompress(new FilePart(path, 0, size).stream(signal), limits, path),
      async (chunks: AsyncIterable<Uint8Array>) => {
        for await (const chunk of chunks) await copy.handle.writeFile(chunk);
      },
    );
    return copy;
  } catch (error) {
    await copy.dispose();
    signal?.throwIfAborted();
    throw error instanceof PlimsollError ? error : noRoom(path, error);
  }
}

function noRoom(path: string, cause: unknown): PlimsollError {
  return new PlimsollError(
    'storage',
    `${path} is compressed, and cannot be unpacked in ${tmpdir()}: ${toMessage(cause)}. Make room there, set TMPDIR to another directory, or unpack it yourself.`,
    { cause },
  );
}

function notAnArchive(path: string, at: number, detail: string): PlimsollError {
  const hint = at === 0 ? 'Is it a tar archive as `docker save` or `skopeo copy` make it?' : 'Save or copy it again.';
  return new PlimsollError('image-unreadable', `${path} is no readable tar archive: ${detail}, at byte ${at}. ${hint}`);
}
