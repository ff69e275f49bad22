// What a real containerd stores is read where it lies, by containerd:.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { defaultLimits } from '../../src/base/limits.ts';
import type { Platform } from '../../src/base/model/image.ts';
import { openImage } from '../../src/image/sources/index.ts';
import {
  type BuiltImage,
  buildImage,
  buildTar,
  digestOf,
  file,
  json,
  writeNewDockerArchive,
  writeOciArchive,
} from '../images/build-image.ts';
import { contentOf, contractImage } from '../images/opened-image.ts';
import { runPlimsoll } from '../run-plimsoll.ts';
import { npmLibrary, sampleMembers } from '../sample-scan.ts';
import { type RealContainerd, skipWithoutContainerd, startRealContainerd } from './real-containerd.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-containerd-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('a real containerd', { skip: skipWithoutContainerd() }, () => {
  let containerd: RealContainerd;
  before(async () => {
    containerd = await startRealContainerd();
  });
  after(() => containerd[Symbol.asyncDispose]());

  const env = () => ({ PLIMSOLL_CONTAINERD_ROOT: containerd.root });
  const open = (reference: string, platform?: Platform) =>
    openImage(reference, { limits: defaultLimits, env: env(), ...(platform && { platform }) });

  for (const compression of [undefined, 'gzip', 'zstd', 'none'] as const)
    test(`an image with layers in ${compression ?? 'several ways'} is the same as in its archive`, async () => {
      const path = writeOciArchive(contractImage(compression), join(folder, `${compression}.tar`), '1.0');
      const name = `docker.io/library/with-${compression ?? 'all'}`;
      await containerd.load(path, name);
      await using expected = await open(`oci-archive:${path}`);
      for (const reference of [`${name}:1.0`, name.replace('docker.io/library/', '').concat(':1.0')]) {
        await using opened = await open(`containerd:${reference}`);
        assert.equal(opened.digest, expected.digest);
        assert.deepEqual(await contentOf(opened), await contentOf(expected));
      }
    });

  test('what docker save wrote is the same once it was imported', async () => {
    const path = writeNewDockerArchive(contractImage('none'), join(folder, 'saved.tar'), 'example.org/saved:1');
    await containerd.ctr('images', 'import', '--no-unpack', path);
    await using expected = await open(`docker-archive:${path}`);
    await using opened = await open('containerd:example.org/saved:1');
    assert.deepEqual(await contentOf(opened), await contentOf(expected));
  });

  test('of an index the platform that is there or asked for is taken, and what was not fetched is told', async () => {
    const images = { amd64: imageFor('amd64'), arm64: imageFor('arm64'), s390x: imageFor('s390x') };
    const index = indexOf(Object.entries(images));
    const path = join(folder, 'index.tar');
    const blobs = Object.values(images).flatMap((image) => [...image.blobs]);
    const members = [...new Map([...blobs, [digestOf(index), index]])].map(([digest, bytes]) =>
      file(`blobs/${digest.replace(':', '/')}`, bytes),
    );
    const layout = [file('oci-layout', json({ imageLayoutVersion: '1.0.0' })), file('index.json', index)];
    writeFileSync(path, buildTar([...layout, ...members]));
    const args = ['images', 'import', '--no-unpack', '--all-platforms', '--index-name', 'example.org/index:1', path];
    await containerd.ctr(...args);
    for (const architecture of ['amd64', 'arm64', 's390x'] as const) {
      await using opened = await open('containerd:example.org/index:1', { os: 'linux', architecture });
      assert.equal(opened.digest, digestOf(images[architecture].manifest));
      await contentOf(opened);
    }
    await assert.rejects(open('containerd:example.org/index:1', { os: 'linux', architecture: 'riscv64' }), {
      code: 'reference-unreadable',
      message: /has no image for linux\/riscv64\. It has: linux\/amd64, linux\/arm64, linux\/s390x\. Choose/,
    });
    const { digest } = images.arm64.layers[0]!;
    await containerd.forget(digest);
    await assert.rejects(open('containerd:example.org/index:1', { os: 'linux', architecture: 'arm64' }), {
      code: 'image-unreadable',
      message: new RegExp(`lacks the blob ${digest}\\. .*ctr -n default content fetch example\\.org/index:1`),
    });
    await containerd.forget(digestOf(images.s390x.manifest));
    await assert.rejects(open('containerd:example.org/index:1', { os: 'linux', architecture: 's390x' }), {
      code: 'reference-unreadable',
      message: /has no image for linux\/s390x\. It has: linux\/amd64, linux\/arm64\. Choose/,
    });
  });

  test('an image is found while others are written', async () => {
    await containerd.load(writeOciArchive(contractImage(), join(folder, 'busy.tar')), 'example.org/busy');
    let count = 0;
    const end = Date.now() + 3000;
    const writing = (async () => {
      for (let round = 0; Date.now() < end; round++) {
        const names = Array.from({ length: 40 }, (_none, place) => `example.org/busy/${round}-${place}:1`);
        await containerd.ctr('images', 'tag', 'example.org/busy:latest', ...names);
        if (round % 2 === 1) await containerd.ctr('images', 'rm', ...names);
      }
    })();
    while (Date.now() < end) {
      await using opened = await open('containerd:example.org/busy');
      assert.equal(opened.layers.length, 3);
      await new Promise((resolve) => setTimeout(resolve, 1));
      count++;
    }
    await writing;
    // How often depends on the machine; that each time succeeds is what counts.
    assert.ok(count > 2, `${count}`);
  });

  test('packages and matches are those of the same image in an archive, also from what is remembered', async () => {
    const upper = [npmLibrary('right-sail', '2.0.0'), file('srv/blob', Buffer.alloc(200_000, 'a'))];
    const built = buildImage([{ members: sampleMembers }, { members: upper, compression: 'none' }]);
    const archive = writeOciArchive(built, join(folder, 'sample.tar'), '1');
    await containerd.load(archive, 'example.org/sample');
    await containerd.load(archive, 'example.org/pod', '-n', 'k8s.io');
    const home = join(folder, 'home');
    mkdirSync(home);
    const scan = async (reference: string, more: string[] = [], settings: object = {}) => {
      const args = ['scan', reference, '--offline', '-o', 'json', ...more];
      const { status, stdout, stderr } = await runPlimsoll(args, { home, env: { ...env(), ...settings } });
      assert.equal(status, 0, stderr);
      const { packages, matches, problems, image } = JSON.parse(stdout);
      return { packages, matches, problems, layers: image.layers, digest: image.digest, stderr };
    };
    const { stderr: _none, ...expected } = await scan(`oci-archive:${archive}`, ['--no-cache']);
    assert.ok(expected.packages.length > 0);
    for (const more of [['--no-cache'], [], []]) {
      const { stderr: _notes, ...found } = await scan('containerd:example.org/sample:1', more);
      assert.deepEqual(found, expected);
    }
    const pod = await scan('containerd:example.org/pod:1', [], { CONTAINERD_NAMESPACE: 'k8s.io' });
    assert.deepEqual(pod.packages, expected.packages);
    const nowhere = { DOCKER_HOST: 'unix:///nowhere', CONTAINER_HOST: 'unix:///nowhere' };
    const { stderr, ...guessed } = await scan('example.org/sample:1', [], nowhere);
    assert.deepEqual(guessed, expected);
    assert.match(stderr, /example\.org\/sample:1 is taken from containerd in /);
  });
});

function imageFor(architecture: string): BuiltImage {
  return buildImage([{ members: [file('etc/platform', architecture)] }], { architecture });
}

function indexOf(images: readonly (readonly [architecture: string, image: BuiltImage])[]): Buffer {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifests = images.map(([architecture, { manifest }]) => ({
    ...{ mediaType, digest: digestOf(manifest), size: manifest.length },
    platform: { os: 'linux', architecture },
  }));
  return json({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests });
}
