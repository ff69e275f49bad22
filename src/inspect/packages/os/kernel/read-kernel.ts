import { readLines } from '../../../../base/bytes/lines.ts';
import { maxReadBytes } from '../../../../base/bytes/random-access.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { problemUnlessOwned } from '../../document/problem.ts';
import { parseRelease, readImageRelease } from './image-release.ts';
import { parseBuiltinInfo } from './module-info.ts';
import { readModule, toModulePackage } from './read-module.ts';

/** Reads an image of a kernel, a module, or a list of modules, whichever the path is. */
export function* readKernel(file: LargeFile, limits: Limits): Generator<Found> {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (/\.ko(?:\.gz|\.zst)?$/.test(name)) yield* readModule(file);
  else if (name === 'modules.builtin') yield* readRelease(file);
  else if (name === 'modules.builtin.modinfo') yield* readBuiltin(file, limits);
  else if (name === 'modules.dep') yield* countUnread(file);
  else yield readImage(file);
}

/** Those that are compressed do not say their release, but their name or folder does. */
function readImage(file: LargeFile): FoundPackage | Problem {
  if (file.content.size < 64) return problemUnlessOwned(file, 'truncated', 'it is too short to be a kernel');
  const release = readImageRelease(file.content) ?? releaseOfPath(file.path);
  if (release !== undefined) return toKernel(release);
  return problemUnlessOwned(
    file,
    'unsupported',
    'it is a kernel whose release cannot be read; it is missing from the result',
  );
}

/** `boot/vmlinuz-6.1.0-50-cloud-arm64`, `lib/modules/6.1.0-50-cloud-arm64/vmlinuz`. */
function releaseOfPath(path: string): string | undefined {
  const folder = /lib\/modules\/([^/]{1,64})\/[^/]*$/.exec(path)?.[1];
  return parseRelease(folder ?? /^[A-Za-z]{1,10}-([^/]{1,64})$/.exec(path.slice(path.lastIndexOf('/') + 1))?.[1] ?? '');
}

/** The folder of a kernel's modules is called as its release; the list of those that are part of it is in all of them. */
function* readRelease(file: LargeFile): Generator<Found> {
  const release = releaseOfPath(file.path);
  if (release !== undefined) yield toKernel(release);
}

function toKernel(version: string): FoundPackage {
  return { kind: 'package', type: 'generic', name: 'linux-kernel', version, state: 'installed' };
}

function* readBuiltin(file: LargeFile, limits: Limits): Generator<Found> {
  if (file.content.size > maxReadBytes) {
    yield problemUnlessOwned(file, 'too-large', 'it has more than 16 MB; what it lists is missing from the result');
    return;
  }
  for (const info of parseBuiltinInfo(file.content.read(0, file.content.size), limits.maxPackagesPerFile)) {
    const found = info.version === undefined ? undefined : toModulePackage(info);
    if (found !== undefined) yield found;
  }
}

/**
 * `kernel/fs/ext4/ext4.ko.xz: kernel/lib/crc16.ko.xz`: says once how many modules are not read, where thousands may
 * be. They make no scan incomplete: nearly all are part of the kernel, which is named.
 */
function* countUnread(file: LargeFile): Generator<Problem> {
  const text = file.content.read(0, Math.min(file.content.size, maxReadBytes)).toString('latin1');
  let count = 0;
  for (const line of readLines(text)) if (/^[^:\s]{1,4096}\.ko\.xz:/.test(line)) count++;
  if (count > 0)
    yield problemUnlessOwned(
      file,
      'unidentified',
      `it lists ${count} modules that are compressed with xz, which are not read; those with a version of their own are missing`,
    );
}
