import { arMagic, readArMembers } from '../../../../base/bytes/ar.ts';
import { type Damage, damage } from '../../../../base/bytes/damage.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';
import { blockBytes, parseHeader } from '../../../../base/bytes/tar/header.ts';
import { type Unpacked, unpackGzip, unpackZstd } from '../../../../base/bytes/unpack-whole.ts';
import { unpackXz } from '../../../../base/bytes/xz/unpack-xz.ts';

/** Those of kernels' headers, with the checksums of 20,000 files, have some 500 KB, and unpack to 2 MB. */
const maxPackedBytes = 2 << 20;
const maxUnpackedBytes = 8 << 20;

/** The first is `debian-binary`, the second is it, unless others were put between them. */
const maxMembers = 8;

const unpackers: Readonly<Record<string, (packed: Buffer, most: number) => Unpacked>> = {
  '': (bytes) => ({ bytes }),
  '.gz': unpackGzip,
  '.xz': unpackXz,
  '.zst': unpackZstd,
};

/** The text of the file `control` in a Debian package, or why it cannot be read. https://manpages.debian.org/deb.5 */
export function readControl(content: RandomAccess): string | Damage {
  if (content.read(0, arMagic.length).toString('latin1') !== arMagic)
    return damage(content.size === 0 ? 'truncated' : 'malformed', 0, 'it is no Debian package');
  for (const { name, offset, size } of readArMembers(content, maxMembers)) {
    if (!name.startsWith('control.tar')) continue;
    if (size > maxPackedBytes) return damage('too-large', offset, `its control data has ${size} bytes`);
    if (offset + size > content.size) return damage('truncated', offset, 'it ends inside its control data');
    const unpack = unpackers[name.slice('control.tar'.length)];
    if (unpack === undefined) return damage('unsupported', offset, `its ${name} is not read`);
    const unpacked = unpack(Buffer.from(content.read(offset, size)), maxUnpackedBytes);
    return findControl(unpacked.bytes) ?? toDamage(unpacked, offset);
  }
  return damage(content.size < 200 ? 'truncated' : 'malformed', 0, 'it has no control data');
}

function toDamage({ damage: found }: Unpacked, offset: number): Damage {
  return damage(
    found?.code ?? 'malformed',
    offset,
    `in its control data: ${found?.message ?? 'there is no control file'}`,
  );
}

/** Names in it begin with `./`, or do not. Large headers are of no use in it: their names would be bodies of other members. */
function findControl(tar: Buffer): string | undefined {
  for (let at = 0; at + blockBytes <= tar.length; ) {
    const header = parseHeader(tar.subarray(at, at + blockBytes));
    if (header === undefined) return undefined;
    const start = at + blockBytes;
    const isControl = header.type === '0' && /^(?:\.\/)?control$/.test(header.name);
    if (isControl && start + header.size <= tar.length) return tar.toString('utf8', start, start + header.size);
    at = start + Math.ceil(header.size / blockBytes) * blockBytes;
  }
  return undefined;
}
