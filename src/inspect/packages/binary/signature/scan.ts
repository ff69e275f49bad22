import { openProgram } from '../../../../base/bytes/program/open.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';

/** How much of a file is looked at, and in what pieces. */
export const scanBounds = Object.freeze({
  /** Constants of the largest programs, which browsers are, have some 90 MB. */
  maxBytes: 128 << 20,
  chunkBytes: 1 << 20,
  /** More than any expression spans. */
  overlapBytes: 4096,
  /** What is looked at from an anchor on. */
  windowBytes: 16 << 10,
});

/** A part of a file, in bytes. */
export interface Stretch {
  readonly offset: number;
  readonly size: number;
}

/** Sections with texts that the compiler wrote, its own name, and names of libraries: of ELF and PE, and of Mach-O after its segment. */
const dataSection =
  /^\.(?:l?rodata|rdata|l?data|dynstr|comment)\b|^__(?:TEXT|DATA|DATA_CONST),__(?:const|cstring|data)$/;

/** Of a program its constants, which are a fifth of it; of everything else the whole. */
export function stretchesOf(content: RandomAccess): readonly Stretch[] {
  const sections = openProgram(content)?.sections.filter(({ name, size }) => size > 0 && dataSection.test(name)) ?? [];
  return sections.length > 0 ? sections : [{ offset: 0, size: content.size }];
}

/** The bytes of stretches in pieces, which overlap, so that no version is cut in two. */
export function* piecesOf(content: RandomAccess, stretches: readonly Stretch[]): Generator<Buffer> {
  const { maxBytes, chunkBytes, overlapBytes } = scanBounds;
  let left = maxBytes;
  for (const { offset, size } of stretches) {
    const end = Math.min(offset + size, content.size, offset + left);
    for (let at = offset; at < end; at += chunkBytes)
      yield content.read(at, Math.min(chunkBytes + overlapBytes, end - at));
    left -= Math.max(0, end - offset);
  }
}

/** The texts of a piece, of one character a byte, in which there is an anchor; all of it where there is none to look for. */
export function* textsOf(piece: Buffer, anchor: string | undefined): Generator<string> {
  if (anchor === undefined) return yield piece.toString('latin1');
  const { windowBytes, overlapBytes } = scanBounds;
  for (let hit = piece.indexOf(anchor, 0, 'latin1'); hit >= 0; ) {
    yield piece.toString('latin1', Math.max(0, hit - overlapBytes), hit + windowBytes);
    // What begins before this was whole in the text. Many anchors in a row cost no more than as many bytes.
    hit = piece.indexOf(anchor, hit + windowBytes - overlapBytes, 'latin1');
  }
}
