// The real images hold what other tests take for granted of them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blobPath, readManifest } from '../../scripts/images/layout.ts';
import { findMadeImage, type MadeImage, skipUnlessMade } from './made-images.ts';

const name = 'debian11-node';
const skip = skipUnlessMade(name);

test('layers are stored in three ways, and their media types tell the truth', { skip }, () => {
  const layout = join(image().directory, 'oci');
  const kinds = readManifest(layout).layers.map(({ mediaType, digest }) => {
    const stored = formOf(blobPath(layout, digest));
    assert.ok(mediaType.endsWith(stored), `${mediaType} is stored as ${stored}`);
    return stored;
  });
  assert.deepEqual([...new Set(kinds)], ['tar+gzip', 'tar+zstd', 'tar']);
});

test('a file, a directory and an opaque directory are whited out', { skip }, () => {
  const layout = join(image().directory, 'oci-gzip');
  const names = readManifest(layout).layers.flatMap(({ digest }) => listTar(blobPath(layout, digest)));
  for (const path of ['bytes/.wh.History.md', '.wh.array-flatten', 'cookie/.wh..wh..opq'])
    assert.ok(names.includes(`srv/app/node_modules/${path}`), path);
});

test('the unpacked root shows the upper layers', { skip }, () => {
  const modules = join(image().directory, 'root/srv/app/node_modules');
  assert.ok(!existsSync(join(modules, 'array-flatten')));
  assert.equal(JSON.parse(readFileSync(join(modules, 'cookie/package.json'), 'utf8')).version, '0.7.2');
});

test("dpkg's list is kept, with a package that was removed but not purged", { skip }, () => {
  const rows = readFileSync(join(image().directory, 'dpkg-query.tsv'), 'utf8').trim().split('\n');
  assert.ok(rows.length > 200);
  assert.ok(rows.some((row) => row.startsWith('netbase\t') && row.includes('\trc ')));
});

function image(): MadeImage {
  return findMadeImage(name)!;
}

function formOf(path: string): string {
  const forms: Record<string, string> = { '1f8b': 'tar+gzip', '28b5': 'tar+zstd' };
  return forms[readFileSync(path).subarray(0, 2).toString('hex')] ?? 'tar';
}

/** GNU tar complains about the layer that umoci wrote, as it lacks the last padding; its list is whole all the same. */
function listTar(path: string): string[] {
  const command = 'tar -tzf "$1" 2>&1 || true';
  return execFileSync('bash', ['-c', command, 'bash', path], { encoding: 'utf8', maxBuffer: 64 << 20 }).split('\n');
}
