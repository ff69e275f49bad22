// Holds the signatures to what dpkg says: node scripts/corpora/signatures.ts DIR
// DIR holds .deb files, as `apt-get download` fetches them. Each is unpacked; each file that a signature asks for is read. One line is
// written for each software: `ok`, or what the file says and what dpkg says. The exit status is 1 if any disagrees.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  globSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RandomAccess } from '../../src/base/bytes/random-access.ts';
import { signature } from '../../src/inspect/packages/binary/signature/index.ts';
import { readSignature } from '../../src/inspect/packages/binary/signature/read-signature.ts';
import { FileSelector } from '../../src/inspect/packages/file-selector.ts';

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('node scripts/corpora/signatures.ts DIR');
const selector = new FileSelector([signature]);
const lines = new Map<string, boolean>();
for (const file of readdirSync(directory).filter((name) => name.endsWith('.deb')))
  for (const [line, agrees] of compare(join(directory, file))) lines.set(line, agrees);
const wrong = [...lines.values()].filter((agrees) => !agrees).length;
process.stdout.write(`${[...lines.keys()].sort().join('\n')}\n${lines.size - wrong} of ${lines.size} agree\n`);
process.exitCode = wrong > 0 ? 1 : 0;

function* compare(deb: string): Generator<readonly [line: string, agrees: boolean]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-deb-'));
  try {
    spawnSync('dpkg-deb', ['-x', deb, folder]);
    const [name, version] = ['Package', 'Version'].map((field) =>
      spawnSync('dpkg-deb', ['-f', deb, field], { encoding: 'utf8' }).stdout.trim(),
    ) as [string, string];
    const upstream = upstreamOf(version);
    for (const { path, found, version: read } of readAll(folder)) {
      const agrees = sameVersion(read, upstream);
      yield [`${agrees ? 'ok   ' : 'WRONG'} ${found} ${read}  ${name} ${version}${agrees ? '' : `  ${path}`}`, agrees];
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function* readAll(folder: string): Generator<{ path: string; found: string; version: string }> {
  for (const path of globSync('**', { cwd: folder })) {
    if (selector.wantsLarge(path) === 0 || !lstatSync(join(folder, path)).isFile()) continue;
    const file = openSync(join(folder, path), 'r');
    try {
      for (const item of readSignature({ path, content: accessFile(file) }))
        if (item.kind === 'package') yield { path, found: item.name, version: item.version };
        else if (item.kind === 'problem') yield { path, found: item.code, version: '?' };
    } finally {
      closeSync(file);
    }
  }
}

function accessFile(file: number): RandomAccess {
  return {
    size: fstatSync(file).size,
    read(offset, length) {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    },
  };
}

/** What the makers call it: without Debian's epoch, revision, and marks of what was taken out. */
function upstreamOf(version: string): string {
  const upstream = version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
  return upstream
    .replace(/^.*\+really/, '')
    .replace(/-stable$/, '')
    .replace(/[.+~](?:dfsg|ds|repack|git|deb|debian|esr)\S*$|\.\d{8}$|esr$/, '');
}

/** Ghostscript writes 10.00.0, ImageMagick 6.9.11-60. */
function sameVersion(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll('-', '.').replace(/\.0(?=\d)/g, '.');
  return plain(a) === plain(b);
}
