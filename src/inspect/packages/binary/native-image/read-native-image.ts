import { openProgram } from '../../../../base/bytes/program/open.ts';
import { type Program, readAddress } from '../../../../base/bytes/program/program.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';
import { unpackGzip } from '../../../../base/bytes/unpack-whole.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { readBill } from '../../sbom/embedded/read-bill.ts';
import { findSymbols } from './symbols.ts';

/** What GraalVM calls the heap that it made beforehand; no other program has such a section. */
const heapSection = '.svm_heap';
/** Compressed; it is a ten-thousandth of the program. */
const maxPackedBytes = 2 << 20;
const maxBillBytes = 16 << 20;

/** Reads the bill that the symbol `sbom` leads to; `sbom_length` leads to its length, eight bytes. */
export function* readNativeImage({ path, content }: LargeFile, limits: Limits): Generator<Found> {
  const program = openProgram(content);
  if (program?.format !== 'elf' || program.addressBytes !== 8) return;
  if (!program.sections.some(({ name }) => name === heapSection)) return;
  const packed = readPacked(program, content);
  if (packed === undefined) return;
  const { bytes, damage } = unpackGzip(packed, maxBillBytes);
  if (damage !== undefined)
    yield problemOf({ path }, damage.code, `its bill of materials is missing: ${damage.message}`);
  else
    for (const item of readBill({ path, bytes }, limits))
      yield item.kind === 'package' ? { ...item, state: 'installed' } : item;
}

/** Undefined where there is none; fewer bytes than it says where they are not in the file. */
function readPacked(program: Program, content: RandomAccess): Buffer | undefined {
  const symbols = findSymbols(program, content, ['sbom', 'sbom_length']);
  const [start, lengthAt] = [symbols.get('sbom'), symbols.get('sbom_length')];
  if (start === undefined || lengthAt === undefined) return undefined;
  const field = readAddress(program, content, lengthAt, 8);
  if (field.length < 8) return field;
  const length = Number(program.isLittleEndian ? field.readBigUInt64LE() : field.readBigUInt64BE());
  return readAddress(program, content, start, Math.min(length, maxPackedBytes));
}
