import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import {
  buildImage,
  file,
  hardlink,
  type LayerSpec,
  type Member,
  symlink,
  writeOciDir,
} from '../../test/images/build-image.ts';
import { openImage, readPackages } from './library.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-ownership-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

async function packagesOf(reference: string): Promise<string[]> {
  await using image = await openImage(reference);
  const { packages } = await readPackages(image);
  return packages.map(({ name, version, ownedBy, locations }) =>
    [name, version, ownedBy ?? '-', ...locations.map(({ path }) => path)].join(' '),
  );
}

const take = (...layers: (readonly Member[])[]) => {
  const specs = layers.map((members): LayerSpec => ({ members, compression: 'gzip' }));
  return packagesOf(`oci-dir:${writeOciDir(buildImage(specs), join(folder, String(count++)))}`);
};

const bash = 'x\0@(#)Bash version 5.2.15(1) release GNU\0';
const status = 'Package: bash\nStatus: install ok installed\nVersion: 5.2.15-2\nArchitecture: amd64\n';
const database = (path: string) => [
  file('etc/os-release', 'ID=debian\nVERSION_ID="12"\n'),
  file('var/lib/dpkg/status', status),
  file('var/lib/dpkg/info/bash.list', `/.\n${path}\n`),
];
const deb = 'bash 5.2.15-2 - var/lib/dpkg/status';

test('software that no package owns is named by its program', async () => {
  assert.deepEqual(await take([file('usr/local/bin/bash', bash)]), ['bash 5.2.15 - usr/local/bin/bash']);
  assert.deepEqual(await take([...database('/bin/bash'), file('bin/bash', bash)]), [deb]);
  assert.deepEqual(await take([...database('/bin/bash'), file('usr/local/bin/bash', bash)]), [
    deb,
    'bash 5.2.15 - usr/local/bin/bash',
  ]);
});

test('a package owns what lies behind the link that its database goes through', async () => {
  const merged = [symlink('bin', 'usr/bin'), ...database('/bin/bash'), file('usr/bin/bash', bash)];
  assert.deepEqual(await take(merged), [deb]);
  const root = join(folder, String(count++));
  for (const { path, content = '' } of [...database('/bin/bash'), file('usr/bin/bash', bash)]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync('usr/bin', join(root, 'bin'));
  assert.deepEqual(await packagesOf(`dir:${root}`), [deb]);
});

test('a program with two names is one, and stays if one of them goes', async () => {
  const twice = [file('opt/bash', bash), hardlink('srv/bash', 'opt/bash')];
  assert.deepEqual(await take(twice), ['bash 5.2.15 - opt/bash srv/bash']);
  assert.deepEqual(await take(twice, [file('opt/.wh.bash', '')]), ['bash 5.2.15 - srv/bash']);
});

test('what conda, Nix or Bitnami brought is named by them alone', async () => {
  const record = JSON.stringify({ name: 'bash', version: '5.2.15', build: '0' });
  const conda = [file('opt/conda/conda-meta/bash-5.2.15-0.json', record), file('opt/conda/bin/bash', bash)];
  assert.deepEqual(await take(conda), ['bash 5.2.15 - opt/conda/conda-meta/bash-5.2.15-0.json']);
  const bitnami = JSON.stringify({ bash: { version: '5.2.15-0' } });
  const found = await take([
    file('opt/bitnami/.bitnami_components.json', bitnami),
    file('opt/bitnami/bash/bin/bash', bash),
    file('opt/bash/bin/bash', bash),
  ]);
  assert.equal(found.length, 2);
  assert.match(found.join(), /opt\/bash\/bin\/bash/);
});

test("the manifest of a .NET application owns assemblies, and nothing else of what it lists is the distribution's", async () => {
  const manifest = JSON.stringify({
    runtimeTarget: { name: 'net' },
    targets: { net: { 'a/1.0.0': { native: { bash: {} }, runtime: { 'a.dll': {} } } } },
    libraries: { 'a/1.0.0': { type: 'package' } },
  });
  const found = await take([file('srv/app.deps.json', manifest), file('srv/bash', bash)]);
  assert.ok(found.includes('bash 5.2.15 - srv/bash'), found.join());
});
