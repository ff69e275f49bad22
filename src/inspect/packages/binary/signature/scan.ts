import { openProgram } from '../../../../base/bytes/program/open.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';

/** How much of a file is looked at, and in what pieces. */
export const scanBounds = Object.freeze({
  /** Constants of the largest programs, which browsers are, have some 90 MB. */
  maxBytes: 128 << 20,
  chunkBytes: 1 << 20,
  /** More than any expression spans. */
  overlapBytes: 4096,
});

/** A part of a file, in bytes. */
export interface Stretch {
  readonly offset: number;
  readonly size: number;
}

/** Sections with texts that the compiler wrote, and names of libraries: of ELF and PE, and of Mach-O after its segment. */
const dataSection = /^\.(?:l?rodata|rdata|l?data|dynstr)\b|^__(?:TEXT|DATA|DATA_CONST),__(?:const|cstring|data)$/;

/** Of a program its constants, which are a fifth of it; of everything else the whole. */
export function stretchesOf(content: RandomAccess): readonly Stretch[] {
  const sections = openProgram(content)?.sections.filter(({ name, size }) => size > 0 && dataSection.test(name)) ?? [];
  return sections.length > 0 ? sections : [{ offset: 0, size: content.size }];
}

/** The bytes of stretches as texts of one character a byte, which overlap, so that no version is cut in two. */
export function* textsOf(content: RandomAccess, stretches: readonly Stretch[]): Generator<string> {
  const { maxBytes, chunkBytes, overlapBytes } = scanBounds;
  let left = maxBytes;
  for (const { offset, size } of stretches) {
    const end = Math.min(offset + size, content.size, offset + left);
    for (let at = offset; at < end; at += chunkBytes)
      yield content.read(at, Math.min(chunkBytes + overlapBytes, end - at)).toString('latin1');
    left -= Math.max(0, end - offset);
  }
}
