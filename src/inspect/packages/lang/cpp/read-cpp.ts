import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { readConanLock } from './conan-lock.ts';
import { readConanText } from './conan-text.ts';
import { readVcpkgManifest } from './vcpkg-manifest.ts';
import { readVcpkgStatus } from './vcpkg-status.ts';

/** Reads one file of Conan or vcpkg, whichever its name says. */
export function readCpp(file: OpenFile, limits: Limits): Iterable<Found> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (name === 'conan.lock') return readConanLock(file, limits);
  if (name.startsWith('conan')) return readConanText(file, limits);
  return name === 'vcpkg.json' ? readVcpkgManifest(file, limits) : readVcpkgStatus(file, limits);
}
