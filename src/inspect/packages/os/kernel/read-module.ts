import { accessBytes, maxReadBytes, type RandomAccess } from '../../../../base/bytes/random-access.ts';
import { type Unpacked, unpackGzip, unpackZstd } from '../../../../base/bytes/unpack-whole.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { ProblemCode } from '../../../../base/model/problem.ts';
import { readSection } from '../../binary/program-section.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { problemUnlessOwned } from '../../document/problem.ts';
import { isSystemName, isSystemVersion } from '../system-names.ts';
import { type ModuleInfo, parseModuleInfo } from './module-info.ts';

/** The largest, of graphics cards, have some 30 MB. */
const maxUnpackedBytes = 64 << 20;

/** Most of it are the devices that a module is for; the largest real ones have some 60 KB. */
const maxInfoBytes = 1 << 20;

/** Reads a module. Those of the kernel without a version of their own are part of it: they are nothing by themselves. */
export function* readModule(file: LargeFile): Generator<Found> {
  const unpacked = unpack(file);
  if ('damage' in unpacked) {
    yield problem(file, unpacked.damage.code, unpacked.damage.message);
    return;
  }
  const content = unpacked.content;
  // Files of other kinds end so too: texts in Korean.
  if (!isElf(content) && !file.path.includes('lib/modules/')) return;
  const section = readSection(content, ['.modinfo'], maxInfoBytes);
  if (section === undefined) yield problem(file, isElf(content) ? 'malformed' : 'truncated', 'it is no whole module');
  else if ('damage' in section) yield problem(file, section.damage, 'what it says of itself cannot be read');
  else yield* toFound(file, parseModuleInfo(section.bytes));
}

function* toFound(file: LargeFile, info: ModuleInfo): Generator<Found> {
  if (info.version === undefined && info.isOfKernel) return;
  const found = toModulePackage({ name: nameOf(file.path), ...info });
  yield found ?? problem(file, 'unidentified', 'it is not of the kernel, and does not say its version');
}

/** Undefined without a usable name and version. */
export function toModulePackage({ name, version, license }: ModuleInfo): FoundPackage | undefined {
  // `MODULE_VERSION` may have spaces around it or a comment behind it.
  const word = version?.trim().split(/\s/, 1)[0];
  if (!isSystemName(name) || !isSystemVersion(word)) return undefined;
  return {
    kind: 'package',
    type: 'generic',
    name,
    version: word,
    state: 'installed',
    ...(license ? { licenses: [license] } : {}),
  };
}

/** `tcp-bic.ko.gz` is `tcp_bic`, as the kernel calls it; older ones do not say their name. */
function nameOf(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.ko(?:\.gz|\.zst)?$/, '')
    .replaceAll('-', '_');
}

function unpack({ path, content }: LargeFile): { content: RandomAccess } | Required<Pick<Unpacked, 'damage'>> {
  if (path.endsWith('.ko')) return { content };
  if (content.size > maxReadBytes) return { damage: { code: 'too-large', message: 'it has more than 16 MB' } };
  const packed = content.read(0, content.size);
  const { bytes, damage } = (path.endsWith('.gz') ? unpackGzip : unpackZstd)(packed, maxUnpackedBytes);
  return damage === undefined ? { content: accessBytes(bytes) } : { damage };
}

function isElf(content: RandomAccess): boolean {
  return content.read(0, 4).toString('latin1') === '\x7fELF';
}

function problem(file: LargeFile, code: ProblemCode, message: string): Found {
  return problemUnlessOwned(file, code, `${message}; the module is missing from the result`);
}
