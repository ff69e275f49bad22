import { HeaderReader, textAt } from '../../../../base/bytes/program/program.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';

/** What `uname -r` says has 64 letters at most. */
const maxReleaseLength = 64;

/** Bytes that are looked through. Kernels that are not compressed have some 50 MB. */
const maxSearchedBytes = 128 << 20;
const stepBytes = 4 << 20;

/** Places that may be the banner; real kernels have some three, with the format that it is printed by. */
const maxBanners = 1000;

const banner = Buffer.from('Linux version ');

/** The release that an image of a kernel says, `6.1.0-50-cloud-amd64`; undefined where it is compressed, or no kernel. */
export function readImageRelease(content: RandomAccess): string | undefined {
  return readX86Release(content) ?? (isUncompressed(content) ? findBanner(content) : undefined);
}

/**
 * The boot header has the place of a text, counted from the second sector.
 * https://docs.kernel.org/arch/x86/boot.html#details-of-header-fields
 */
function readX86Release(content: RandomAccess): string | undefined {
  const head = Buffer.from(content.read(0, 0x210));
  const numbers = new HeaderReader(head, true);
  if (textAt(head, 0x202, 4) !== 'HdrS' || numbers.u16(0x206) < 0x200 || numbers.u16(0x20e) === 0) return undefined;
  return parseRelease(textAt(content.read(0x200 + numbers.u16(0x20e), maxReleaseLength + 1), 0, maxReleaseLength + 1));
}

/** ELF, or arm64's own header. https://docs.kernel.org/arch/arm64/booting.html#call-the-kernel-image */
function isUncompressed(content: RandomAccess): boolean {
  const head = content.read(0, 64);
  return textAt(head, 0, 4) === '\x7fELF' || textAt(head, 56, 4) === 'ARM\x64';
}

/** The text that a kernel prints first, from the steps that it lies in. */
function findBanner(content: RandomAccess): string | undefined {
  const end = Math.min(content.size, maxSearchedBytes);
  const overlap = banner.length + maxReleaseLength + 1;
  let banners = 0;
  for (let start = 0; start < end; start += stepBytes) {
    const bytes = content.read(start, stepBytes + overlap);
    for (let at = bytes.indexOf(banner); at >= 0; at = bytes.indexOf(banner, at + 1)) {
      if (++banners > maxBanners) return undefined;
      const release = parseRelease(textAt(bytes, at + banner.length, maxReleaseLength + 1));
      if (release !== undefined) return release;
    }
  }
  return undefined;
}

/** The first word of a text, if it can be what `uname -r` says. */
export function parseRelease(text: string): string | undefined {
  const release = /^[^\s\0]{1,65}/.exec(text)?.[0] ?? '';
  return release.length <= maxReleaseLength && /^\d{1,3}\.\d{1,5}[\w.+~-]*$/.test(release) ? release : undefined;
}
