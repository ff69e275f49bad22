import { readPe } from '../../../../base/bytes/program/pe.ts';
import { HeaderReader, readAddress } from '../../../../base/bytes/program/program.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';

const versionType = 16;
/** Real trees have some hundred entries on a level. */
const maxEntries = 4096;
const maxResourceBytes = 64 << 10;

/**
 * The bytes of the version resource of an assembly; undefined where the file is no managed code or has none. Resources are a tree of
 * three levels: kind, name, language. https://learn.microsoft.com/windows/win32/debug/pe-format#the-rsrc-section
 */
export function findVersionResource(content: RandomAccess): Buffer | undefined {
  const head = content.read(0, 2);
  if (head[0] !== 0x4d || head[1] !== 0x5a) return undefined;
  const directories = readDirectories(content);
  if (directories === undefined || directories.managed === 0 || directories.resources === 0) return undefined;
  const program = readPe(content);
  if (program === undefined) return undefined;
  const read = (address: number, length: number) => readAddress(program, content, directories.base + address, length);
  return findVersion(read, directories.resources);
}

type Read = (address: number, length: number) => ReturnType<typeof readAddress>;

/** The first language of the first version. */
function findVersion(read: Read, root: number): Buffer | undefined {
  let at = root;
  for (const wanted of [versionType, undefined, undefined]) {
    const entry = findEntry(read, at, wanted);
    if (entry === undefined) return undefined;
    at = root + (entry & 0x7fff_ffff);
  }
  const data = new HeaderReader(read(at, 16), true);
  const [address, size] = [data.u32(0), data.u32(4)];
  return size === 0 || size > maxResourceBytes ? undefined : read(address, size);
}

/** Where the entry of an id leads, or the first one; names stand before ids. */
function findEntry(read: Read, at: number, wanted: number | undefined): number | undefined {
  const head = new HeaderReader(read(at, 16), true);
  const count = Math.min(head.u16(12) + head.u16(14), maxEntries);
  const entries = new HeaderReader(read(at + 16, count * 8), true);
  for (let place = 0; place < entries.length; place += 8)
    if (wanted === undefined || entries.u32(place) === wanted) return entries.u32(place + 4);
  return undefined;
}

/** Addresses in memory of the resources and of the head of managed code, 0 where there are none. */
function readDirectories(
  content: RandomAccess,
): { readonly base: number; readonly resources: number; readonly managed: number } | undefined {
  const start = new HeaderReader(Buffer.from(content.read(0, 64)), true).u32(0x3c);
  if (start > 1 << 20) return undefined;
  const head = new HeaderReader(Buffer.from(content.read(start + 24, 256)), true);
  const isWide = head.u16(0) === 0x20b;
  const list = isWide ? 112 : 96;
  return {
    base: isWide ? head.u64(24) : head.u32(28),
    resources: head.u32(list + 2 * 8),
    managed: head.u32(list - 4) > 14 ? head.u32(list + 14 * 8) : 0,
  };
}
