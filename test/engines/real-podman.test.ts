// A real Podman answers podman: and, by Docker's interface, docker:.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { defaultLimits } from '../../src/base/limits.ts';
import { openImage } from '../../src/image/sources/index.ts';
import { buildImage, file, writeOciDir, writeOldDockerArchive } from '../images/build-image.ts';
import { contentOf, contractImage } from '../images/opened-image.ts';
import { runPlimsoll } from '../run-plimsoll.ts';
import { npmLibrary, sampleMembers } from '../sample-scan.ts';
import { type RealPodman, skipWithoutPodman, startRealPodman } from './real-podman.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-podman-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('a real Podman', { skip: skipWithoutPodman() }, () => {
  let podman: RealPodman;
  const layouts = { gzip: layoutOf('gzip'), zstd: layoutOf('zstd') };
  before(async () => {
    podman = await startRealPodman();
    const { gzip, zstd } = layouts;
    await podman.load(`oci:${gzip}:latest`, 'localhost/gzip:1');
    await podman.load(`oci:${zstd}:latest`, 'localhost/zstd:1');
    const archive = writeOldDockerArchive(contractImage(), join(folder, 'docker.tar'));
    await podman.load(`docker-archive:${archive}`, 'registry.example.org/team/docker:1');
  });
  after(() => podman[Symbol.asyncDispose]());

  const env = () => ({ DOCKER_HOST: `unix://${podman.socket}`, CONTAINER_HOST: `unix://${podman.socket}` });
  const open = (reference: string) => openImage(reference, { limits: defaultLimits, env: env() });

  for (const [reference, layout] of [
    ['podman:localhost/gzip:1', layouts.gzip],
    ['podman:gzip:1', layouts.gzip],
    ['docker:localhost/gzip:1', layouts.gzip],
    ['podman:zstd:1', layouts.zstd],
    ['podman:registry.example.org/team/docker:1', layouts.gzip],
  ] as const)
    test(`${reference} opens to the same image`, async () => {
      await using expected = await openImage(`oci-dir:${layout}`, { limits: defaultLimits });
      await using opened = await open(reference);
      assert.deepEqual(await contentOf(opened), await contentOf(expected));
      const id = opened.configDigest!.slice('sha256:'.length);
      for (const byId of [`podman:${id}`, `podman:${id.slice(0, 12)}`]) {
        await using again = await open(byId);
        assert.equal(again.configDigest, opened.configDigest);
      }
    });

  test('what it does not have is told with what it has', async () => {
    await assert.rejects(open('podman:nothing'), {
      code: 'not-found',
      message: /has no image nothing\. It has: .*localhost\/gzip:1/,
    });
  });

  test('packages and matches are those of the same image in a directory, also from what is remembered', async () => {
    // Beside a file that nobody reads, so that the layer is no small member.
    const upper = [npmLibrary('right-sail', '2.0.0'), file('srv/blob', Buffer.alloc(200_000, 'a'))];
    const built = buildImage([{ members: sampleMembers }, { members: upper }, { members: [file('.wh.srv')] }]);
    const layout = writeOciDir(built, join(folder, 'sample'));
    await podman.load(`oci:${layout}:latest`, 'localhost/sample:1');
    const home = join(folder, 'home');
    mkdirSync(home);
    const scan = async (reference: string, ...more: string[]) => {
      const args = ['scan', reference, '--offline', '-o', 'json', ...more];
      const { status, stdout, stderr } = await runPlimsoll(args, { home, env: env() });
      assert.equal(status, 0, stderr);
      const { packages, matches, problems, image } = JSON.parse(stdout);
      return { packages, matches, problems, layers: image.layers, stderr };
    };
    const { stderr: _none, ...expected } = await scan(`oci-dir:${layout}`, '--no-cache');
    assert.ok(expected.packages.length > 0);
    for (const more of [['--no-cache'], [], []]) {
      const { stderr: _notes, ...found } = await scan('podman:sample:1', ...more);
      assert.deepEqual(found, expected);
    }
    const { stderr, ...guessed } = await scan('localhost/sample:1');
    assert.deepEqual(guessed, expected);
    assert.match(stderr, /localhost\/sample:1 is taken from Docker at unix:/);
  });

  function layoutOf(compression: 'gzip' | 'zstd'): string {
    return writeOciDir(contractImage(compression), join(folder, compression));
  }
});
