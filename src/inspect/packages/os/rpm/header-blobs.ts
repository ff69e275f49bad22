import { readHash } from '../../../../base/bytes/berkeley-db/read-hash.ts';
import type { Damage } from '../../../../base/bytes/damage.ts';
import { ndbMagic, readNdb } from '../../../../base/bytes/ndb/read-ndb.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';
import { sqliteMagic } from '../../../../base/bytes/sqlite/header.ts';
import { readSqliteTable } from '../../../../base/bytes/sqlite/read-table.ts';

/** The header of one package, as it lies in the database; its bytes are good until the next is read. */
export interface HeaderBlob {
  readonly kind: 'header';
  /** Byte of the file at which its row, page or blob starts. */
  readonly offset: number;
  readonly bytes: Buffer;
}

/** The largest real headers have some 20 MB, for 80,000 files; rpm reads up to 256 MB. */
const maxHeaderBytes = 64 << 20;

/** The headers in any of rpm's databases, told apart by their magic bytes. */
export function readHeaderBlobs(file: RandomAccess): Iterable<HeaderBlob | Damage> {
  const magic = file.read(0, 16);
  if (magic.equals(sqliteMagic)) return readSqliteHeaders(file);
  if (magic.subarray(0, 4).equals(ndbMagic)) return readNdbHeaders(file);
  return readBerkeleyHeaders(file);
}

/** The table `Packages` has a number and a header. */
function* readSqliteHeaders(file: RandomAccess): Generator<HeaderBlob | Damage> {
  for (const row of readSqliteTable(file, 'Packages', maxHeaderBytes)) {
    if (row.kind === 'damage') yield row;
    else yield toBlob(row.offset, row.values.find((value) => Buffer.isBuffer(value)) ?? Buffer.alloc(0));
  }
}

function* readNdbHeaders(file: RandomAccess): Generator<HeaderBlob | Damage> {
  for (const blob of readNdb(file, maxHeaderBytes))
    yield blob.kind === 'damage' ? blob : toBlob(blob.offset, blob.bytes);
}

/** Keys are the numbers of the packages; under 0 there is the highest of them. */
function* readBerkeleyHeaders(file: RandomAccess): Generator<HeaderBlob | Damage> {
  for (const pair of readHash(file, maxHeaderBytes)) {
    if (pair.kind === 'damage') yield pair;
    else if (pair.key.some((byte) => byte !== 0)) yield toBlob(pair.offset, pair.value);
  }
}

function toBlob(offset: number, bytes: Buffer): HeaderBlob {
  return { kind: 'header', offset, bytes };
}
