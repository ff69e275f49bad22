import { type Damage, damage, isDamage } from '../../../../base/bytes/damage.ts';
import { maxReadBytes, type RandomAccess } from '../../../../base/bytes/random-access.ts';
import { type RpmHeader, readRpmHeader } from '../../../../base/bytes/rpm-header/header.ts';
import { rpmTags } from '../../../../base/bytes/rpm-header/tags.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { toPackage } from '../rpm/to-package.ts';
import { isSystemName, isSystemVersion } from '../system-names.ts';

/** https://rpm-software-management.github.io/rpm/manual/format_v4.html: a lead, the signature, the header, then the files. */
const leadBytes = 96;
const leadMagic = 0xedabeedb;
const headerMagic = 0x8eade801;
const magicBytes = 8;
const entryBytes = 16;

/** Reads which package a file is. */
export function* readRpmFile(file: LargeFile): Generator<Found> {
  const header = readHeader(file.content);
  const found = isDamage(header) ? header : toDeclared(header);
  if ('code' in found) yield problemOf(file, found.code, `${found.message}; it is missing from the result`);
  else yield found;
}

/** Without the rest: nothing but the header is looked at. */
function readHeader(content: RandomAccess): RpmHeader | Damage {
  const lead = content.read(0, leadBytes);
  if (lead.length < 4) return damage('truncated', 0, 'it is too short to be an rpm package');
  if (lead.readUInt32BE(0) !== leadMagic) return damage('malformed', 0, 'it is no rpm package');
  const signature = measure(content, leadBytes);
  if (typeof signature !== 'number') return signature;
  // The signature is filled up to eight bytes.
  const start = leadBytes + Math.ceil(signature / 8) * 8;
  const length = measure(content, start);
  if (typeof length !== 'number') return length;
  if (length > maxReadBytes) return damage('too-large', start, `its header has ${length} bytes`);
  return readRpmHeader(Buffer.from(content.read(start + magicBytes, length - magicBytes)));
}

/** Bytes of the header at a place, its magic bytes included. */
function measure(content: RandomAccess, start: number): number | Damage {
  const prefix = content.read(start, magicBytes + 8);
  if (prefix.length < magicBytes + 8) return damage('truncated', start, 'it ends before its header');
  if (prefix.readUInt32BE(0) !== headerMagic) return damage('malformed', start, 'it has no header where one has to be');
  return magicBytes + 8 + prefix.readUInt32BE(8) * entryBytes + prefix.readUInt32BE(12);
}

function toDeclared(header: RpmHeader): FoundPackage | Damage {
  const found = toPackage(header);
  if (!('kind' in found)) return damage('incomplete', 0, `its header has no ${found.join(' and no ')}`);
  const { name, version } = found;
  if (!isSystemName(name) || !isSystemVersion(version))
    return damage('incomplete', 0, 'its header has no usable name and version');
  const isSource = header.get(rpmTags.sourcePackage) !== undefined;
  return {
    ...found,
    state: 'declared',
    // A source package has the architecture that it was made on in its header, and is called `.src.rpm`.
    ...(isSource ? { architecture: 'src', source: { name, version } } : {}),
  };
}
