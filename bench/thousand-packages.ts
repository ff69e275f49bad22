// An image with exactly 1,000 packages, as real as the machine allows.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildImage, file, type Member, writeOciDir } from '../test/images/build-image.ts';
import type { MadeImage } from '../test/images/made-images.ts';

const wanted = 1000;

/**
 * Writes the image as an OCI directory: what dpkg and npm list in `debian11-node`, filled up with Debian packages that the
 * tracker's own lists name, in the version in which each was fixed, and last with invented ones.
 */
export function makeThousandPackages(directory: string, like: MadeImage, feeds: string): string {
  const modules = readModules(like);
  const debian = [...new Map([...readFixedVersions(feeds), ...readInstalled(like)])].reverse();
  const stanzas = debian.slice(0, wanted - modules.size).map(([name, fields]) => toStanza(name, fields));
  while (modules.size + stanzas.length < wanted) stanzas.push(toStanza(`made-up-${stanzas.length}`, 'Version: 1.0-1'));
  const members: Member[] = [
    file('etc/os-release', 'ID=debian\nVERSION_ID="11"\nPRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n'),
    file('var/lib/dpkg/status', stanzas.join('\n')),
    ...[...modules].map(([name, version]) =>
      file(`srv/node_modules/${name}/package.json`, JSON.stringify({ name, version })),
    ),
  ];
  return writeOciDir(buildImage([{ members }]), join(directory, `packages-${wanted}`));
}

/** The fields of each package that is installed, by dpkg's own list. */
function readInstalled(like: MadeImage): Map<string, string> {
  const rows = readFileSync(join(like.directory, 'dpkg-query.tsv'), 'utf8').trim().split('\n');
  const cells = rows.map((row) => row.split('\t')).filter(([, , , status]) => status?.startsWith('ii'));
  return new Map(
    cells.map(([name, version, , , ...source]) => [name!, `Source: ${source[0]} (${source[1]})\nVersion: ${version}`]),
  );
}

/** Later lines of a list are older: the first that names a package counts. Kernels are left out, as images have none. */
function readFixedVersions(feeds: string): Map<string, string> {
  const lists = ['DLA', 'DSA']
    .map((kind) => join(feeds, 'debian', 'data', kind, 'list'))
    .filter((path) => existsSync(path));
  const text = lists.map((path) => readFileSync(path, 'utf8')).join('\n');
  const found = text.matchAll(/^\t\[(?:buster|bullseye|bookworm)\] - (?!linux)(\S{1,100}) (\d\S{0,100})/gm);
  return new Map([...found].map((match): [string, string] => [match[1]!, `Version: ${match[2]}`]).reverse());
}

function readModules({ directory }: MadeImage): Map<string, string> {
  const modules = new Map<string, string>();
  for (const path of globSync('root/{usr/share/nodejs,srv/app/node_modules}/{*,@*/*}/package.json', {
    cwd: directory,
  })) {
    const { name, version } = JSON.parse(readFileSync(join(directory, path), 'utf8'));
    if (name && version) modules.set(name, version);
  }
  return modules;
}

function toStanza(name: string, fields: string): string {
  return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\n${fields}\nDescription: a package\n`;
}
