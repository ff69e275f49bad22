// An image with as many packages as one may have.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLimits } from '../src/base/limits.ts';
import { buildImage, file, type Member, writeOciDir } from '../test/images/build-image.ts';

/** Packages of the image that `makeManyPackages` writes: just under the limit. */
export const manyPackages: number = defaultLimits.maxPackages - 1000;

const perFile = 49_000;

/** An OCI directory whose packages are one part dpkg's and the rest in lock files of npm. Kept once made. */
export function makeManyPackages(directory: string): string {
  const path = join(directory, `packages-${manyPackages}`);
  if (existsSync(path)) return path;
  const members: Member[] = [
    file('etc/os-release', 'ID=debian\nVERSION_ID="11"\n'),
    file('var/lib/dpkg/status', Array.from({ length: perFile }, (_, place) => toStanza(place)).join('\n')),
  ];
  for (let left = manyPackages - perFile; left > 0; left -= perFile)
    members.push(file(`srv/${left}/package-lock.json`, toLock(`module-${left}`, Math.min(left, perFile))));
  return writeOciDir(buildImage([{ members }]), path);
}

function toStanza(place: number): string {
  return (
    `Package: package-number-${place}\nStatus: install ok installed\nArchitecture: amd64\n` +
    `Maintainer: Maintainer ${place} <maintainer${place}@example.org>\nVersion: 1.${place}-1\nDescription: a package\n`
  );
}

function toLock(name: string, count: number): string {
  const entries = Array.from({ length: count }, (_, place) => {
    const version = `1.${place}.0`;
    const resolved = `https://registry.example.org/${name}-${place}/-/${name}-${place}-${version}.tgz`;
    const integrity = `sha512-${'0'.repeat(86)}==`;
    return [`node_modules/${name}-${place}`, { version, resolved, integrity, license: 'MIT' }] as const;
  });
  return JSON.stringify({ name: 'made-up', lockfileVersion: 3, packages: Object.fromEntries(entries) });
}
