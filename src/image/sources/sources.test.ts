// One contract for every source on disk: whatever form an image has, it opens to the same layers and configuration.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  buildImage,
  buildTar,
  digestOf,
  file,
  json,
  layoutFiles,
  symlink,
  writeNewDockerArchive,
  writeOciArchive,
  writeOciDir,
  writeOldDockerArchive,
} from '../../../test/images/build-image.ts';
import { contentOf, contractImage, contractPaths } from '../../../test/images/opened-image.ts';
import { PlimsollError } from '../../base/errors.ts';
import { defaultLimits } from '../../base/limits.ts';
import { openImage } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-sources-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const image = contractImage();

async function open(reference: string, more: object = {}): Promise<unknown> {
  await using opened = await openImage(reference, { limits: defaultLimits, ...more });
  return await contentOf(opened);
}

const forms: Readonly<Record<string, string>> = {
  'oci-dir': `oci-dir:${writeOciDir(image, at('oci'))}`,
  'oci-dir by tag': `oci-dir:${at('oci')}:latest`,
  'oci-dir by digest': `oci-dir:${at('oci')}@${digestOf(image.manifest)}`,
  'oci-dir without scheme': at('oci'),
  'oci-archive': `oci-archive:${writeOciArchive(image, at('oci.tar'))}`,
  'oci-archive by tag, without scheme': `${at('oci.tar')}:latest`,
  'docker-archive of an old engine': `docker-archive:${writeOldDockerArchive(image, at('old.tar'))}`,
  'docker-archive of a new engine': `docker-archive:${writeNewDockerArchive(image, at('new.tar'))}`,
  'docker-archive shaped as OCI only': `docker-archive:${at('oci.tar')}`,
  'docker-archive by tag': `docker-archive:${at('old.tar')}:app:latest`,
  'docker-archive without scheme': at('old.tar'),
};
writeFileSync(at('saved.tar.gz'), gzipSync(readFileSync(at('old.tar'))));

for (const [title, reference] of Object.entries({
  ...forms,
  'docker-archive in gzip': `docker-archive:${at('saved.tar.gz')}`,
})) {
  test(`${title} opens to the same image`, async () => {
    const expected = await open(`oci-dir:${at('oci')}`);
    assert.deepEqual(await open(reference), expected);
    assert.equal((expected as { layers: [] }).layers.length, 3);
    assert.deepEqual((expected as { paths: string[][] }).paths, contractPaths);
  });
}

test('a layout whose index is no file is no root file system', async () => {
  const path = writeOciDir(image, at('no-index'));
  rmSync(join(path, 'index.json'));
  mkdirSync(join(path, 'index.json'));
  const error = (await open(`oci-dir:${path}`).catch((thrown) => thrown)) as Error;
  await assert.rejects(open(path), { message: error.message, code: 'image-unreadable' });
});

test('where a compressed archive cannot be unpacked, that is said', async () => {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = at('no such directory');
  try {
    await assert.rejects(open(`docker-archive:${at('saved.tar.gz')}`), {
      code: 'storage',
      message: /unpack it yourself/,
    });
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
});

test('layers of old archives may be links to one another', async () => {
  const config = `${digestOf(image.config).slice(7)}.json`;
  const names = image.layers.map((_layer, index) => `${index}/layer.tar`);
  const members = [
    file('base/layer.tar', image.layers[0]!.tar),
    symlink('0/layer.tar', '../base/layer.tar'),
    ...image.layers.slice(1).map(({ tar }, index) => file(names[index + 1]!, tar)),
    file(config, image.config),
    file('manifest.json', json([{ Config: config, RepoTags: null, Layers: names }])),
  ];
  writeFileSync(at('links.tar'), buildTar(members));
  assert.deepEqual(await open(`docker-archive:${at('links.tar')}`), await open(`oci-dir:${at('oci')}`));
});

test('dir: opens a root file system', async () => {
  mkdirSync(at('root'));
  await using opened = await openImage(`dir:${at('root')}`, { limits: defaultLimits });
  assert.equal(opened.rootDirectory, at('root'));
  assert.equal((await openImage(at('root'), { limits: defaultLimits })).reference, `dir:${at('root')}`);
});

test('an index inside the index is followed to the platform', async () => {
  const other = buildImage([{ members: [file('other')] }], { architecture: 'arm64' });
  const entry = (built: typeof image, architecture: string) => ({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: digestOf(built.manifest),
    size: built.manifest.length,
    platform: { os: 'linux', architecture },
  });
  const index = json({ schemaVersion: 2, manifests: [entry(image, 'amd64'), entry(other, 'arm64')] });
  writeOciDir(
    { ...image, manifest: index, blobs: new Map([...image.blobs, ...other.blobs, [digestOf(index), index]]) },
    at('multi'),
  );
  const arm = await open(`oci-dir:${at('multi')}`, { platform: { os: 'linux', architecture: 'arm64' } });
  assert.deepEqual((arm as { paths: string[][] }).paths, [['other']]);
  await assert.rejects(
    open(`oci-dir:${at('multi')}`, { platform: { os: 'linux', architecture: 's390x' } }),
    /linux\/amd64.*linux\/arm64/,
  );
});

test('foreign layers are left out with a problem', async () => {
  const manifest = JSON.parse(image.manifest.toString());
  manifest.layers[1].mediaType = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
  const bytes = json(manifest);
  const blobs = new Map([...image.blobs].filter(([digest]) => digest !== image.layers[1]!.digest));
  writeOciDir({ ...image, manifest: bytes, blobs: blobs.set(digestOf(bytes), bytes) }, at('foreign'));
  await using opened = await openImage(at('foreign'), { limits: defaultLimits });
  assert.deepEqual(
    opened.layers.map(({ index }) => index),
    [0, 2],
  );
  assert.deepEqual(
    opened.problems.map(({ code }) => code),
    ['foreign-layer'],
  );
});

const damaged: readonly (readonly [title: string, make: () => string, code: string, message: RegExp])[] = [
  ['a path that is not there', () => `oci-dir:${at('nowhere')}`, 'reference-unreadable', /nowhere does not exist/],
  [
    'an archive that is not there',
    () => `docker-archive:${at('nowhere.tar')}`,
    'reference-unreadable',
    /does not exist/,
  ],
  ['a relative path that is not there', () => './nowhere', 'reference-unreadable', /does not exist/],
  ['a device', () => '/dev/null', 'image-unreadable', /neither a regular file nor a directory/],
  ['an empty reference', () => '', 'reference-unreadable', /empty/],
  ['a scheme that names nothing', () => 'oci-dir:', 'reference-unreadable', /names nothing/],
  [
    'a tag that is not there',
    () => `oci-dir:${at('oci')}:other`,
    'reference-unreadable',
    /no image other\. It has: latest\./,
  ],
  ['an empty archive', () => put('empty.tar', Buffer.alloc(0)), 'image-unreadable', /neither manifest\.json/],
  [
    'an archive of something else',
    () => put('text.tar', Buffer.from('hello '.repeat(1000))),
    'image-unreadable',
    /no readable tar archive/,
  ],
  [
    'an archive cut off inside a layer',
    () => put('cut.tar', readFileSync(at('old.tar')).subarray(0, 9000)),
    'image-unreadable',
    /cut off/,
  ],
  [
    'an archive in damaged gzip',
    () => put('cut.tar.gz', gzipSync(readFileSync(at('old.tar'))).subarray(0, 900)),
    'image-unreadable',
    /damaged/,
  ],
  [
    'a manifest.json that is no JSON',
    () => put('nojson.tar', buildTar([file('manifest.json', '[{')])),
    'image-unreadable',
    /no JSON/,
  ],
  [
    'a manifest.json whose layers leave the archive',
    () => put('leave.tar', buildTar([file('manifest.json', json([{ Config: 'a', Layers: ['../../etc/passwd'] }]))])),
    'image-unreadable',
    /leave the archive/,
  ],
  [
    'a manifest.json that names what is not there',
    () => put('lacks.tar', buildTar([file('manifest.json', json([{ Config: 'a.json', Layers: [] }]))])),
    'image-unreadable',
    /lacks a\.json/,
  ],
  [
    'a configuration that is not what its name says',
    () =>
      put(
        'lie.tar',
        buildTar([
          file(`${'0'.repeat(64)}.json`, '{}'),
          file('manifest.json', json([{ Config: `${'0'.repeat(64)}.json`, Layers: [] }])),
        ]),
      ),
    'digest-mismatch',
    /damaged/,
  ],
  [
    'several images and no tag',
    () =>
      put(
        'two.tar',
        buildTar([
          file(
            'manifest.json',
            json([
              { Config: 'a', RepoTags: ['a:1'], Layers: [] },
              { Config: 'b', RepoTags: ['b:1'], Layers: [] },
            ]),
          ),
        ]),
      ),
    'reference-unreadable',
    /2 images.*a:1, b:1/,
  ],
  [
    'a layout with a manifest that is too large',
    () => layout('large', (files) => files.set('index.json', Buffer.alloc(5 << 20, ' '))),
    'limit-exceeded',
    /5242880 bytes/,
  ],
  [
    'a layout that lacks a blob',
    () => layout('lacking', (files) => files.delete(`blobs/${digestOf(image.config).replace(':', '/')}`)),
    'image-unreadable',
    /lacks the blob/,
  ],
  [
    'a blob that is cut off',
    () => layout('short', (files) => change(files, image.layers[0]!.digest, (bytes) => bytes.subarray(0, 100))),
    'digest-mismatch',
    /100 bytes/,
  ],
  [
    'a layer with a changed byte',
    () => layout('flipped', (files) => change(files, image.layers[2]!.digest, flip)),
    'digest-mismatch',
    /digest/,
  ],
  [
    'a manifest with a changed byte',
    () => layout('flipped-manifest', (files) => change(files, digestOf(image.manifest), flip)),
    'digest-mismatch',
    /digest/,
  ],
  [
    'a digest that is a path',
    () =>
      layout('traversal', (files) =>
        files.set(
          'index.json',
          json({ schemaVersion: 2, manifests: [{ digest: 'sha256:../../../etc/passwd', size: 1 }] }),
        ),
      ),
    'image-unreadable',
    /digest/,
  ],
  [
    'an index of nothing',
    () => layout('nothing', (files) => files.set('index.json', json({ schemaVersion: 2, manifests: [] }))),
    'reference-unreadable',
    /no image/,
  ],
];

function put(name: string, bytes: Buffer): string {
  writeFileSync(at(name), bytes);
  return `docker-archive:${at(name)}`;
}

function layout(name: string, edit: (files: Map<string, Buffer>) => void): string {
  const files = layoutFiles(image, 'latest');
  edit(files);
  for (const [path, bytes] of files) {
    mkdirSync(join(at(name), path, '..'), { recursive: true });
    writeFileSync(join(at(name), path), bytes);
  }
  return `oci-dir:${at(name)}`;
}

function change(files: Map<string, Buffer>, digest: string, edit: (bytes: Buffer) => Buffer): void {
  const path = `blobs/${digest.replace(':', '/')}`;
  files.set(path, edit(files.get(path)!));
}

function flip(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1]! ^= 1;
  return copy;
}

for (const [title, make, code, message] of damaged) {
  test(`refused: ${title}`, async () => {
    await assert.rejects(open(make()), (error) => {
      assert.ok(error instanceof PlimsollError, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    });
  });
}

function folderWith(name: string, path: string): string {
  mkdirSync(dirname(at(`${name}/${path}`)), { recursive: true });
  writeFileSync(at(`${name}/${path}`), '');
  return at(name);
}

const misnamed: readonly (readonly [reference: () => string, message: RegExp])[] = [
  [() => 'docker://registry.example/app:1', /plimsoll scan registry:registry\.example\/app:1$/],
  [() => 'oci:build/image:1', /plimsoll scan oci-dir:build\/image:1$/],
  [
    () => put('saved.tar', readFileSync(at('old.tar'))).replace('docker-', 'oci-'),
    /scan docker-archive:\S*saved\.tar$/,
  ],
  [() => put('root.tar', buildTar([file('./etc/passwd', 'root:x:0:0::/:')])), /a root file system: .*scan dir:root$/],
  [() => `oci-dir:${folderWith('system', 'etc/passwd')}`, /If it is a root file system: plimsoll scan dir:\S*system$/],
  [() => `oci-dir:${folderWith('project', 'src/a.js')}`, /no index\.json\. .*plimsoll scan dir:\S*project$/],
  [
    () => `oci-dir:${folderWith('saved', 'manifest.json')}`,
    /tar -C \S*saved -cf app\.tar \. && .*docker-archive:app\.tar$/,
  ],
  [() => `oci-dir:${at('nowhere')}`, /nowhere does not exist\.$/],
  [() => `oci-dir:${at('old.tar')}`, /is a file, and oci-dir: reads a directory/],
];
for (const [reference, message] of misnamed)
  test(`what reads it is named: ${message.source}`, async () => {
    await assert.rejects(open(reference()), message);
  });

test('an image is found by its tag, its name, and its name as engines show it', async () => {
  for (const tag of ['docker.io/library/shopfront:1.0', 'localhost/shopfront:1.0', 'shopfront:1.0']) {
    const archive = writeNewDockerArchive(image, at('named.tar'), tag);
    for (const wanted of [tag, '1.0', 'shopfront:1.0']) await open(`docker-archive:${archive}:${wanted}`);
    const layout = writeOciArchive(image, at('named-oci.tar'), tag);
    for (const wanted of [tag, '1.0', 'shopfront:1.0']) await open(`oci-archive:${layout}:${wanted}`);
    await assert.rejects(open(`docker-archive:${archive}:front:1.0`), /no image front:1\.0\. It has: /);
  }
});

const unread: readonly string[] = ['docker-daemon:debian:12', 'containers-storage:app', 'sbom:bom.json'];
for (const reference of unread) {
  test(`${reference} is not taken for an image in a registry`, async () => {
    await assert.rejects(open(reference), /is not read yet\. \S+/);
  });
}

test('offline, a registry elsewhere is not asked', async () => {
  await assert.rejects(
    open('registry:registry.example.invalid/app:1', { offline: true }),
    /--offline touches no network/,
  );
});
