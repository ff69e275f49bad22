import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Distribution, FoundPackage, OperatingSystem } from '../../base/model/package.ts';
import type { Found } from './cataloguer.ts';
import { joinFacts } from './join.ts';

const systemFile = (id: string, versionId?: string) => {
  const system: OperatingSystem = { id, idLike: [], ...(versionId ? { versionId } : {}), path: 'etc/os-release' };
  return { path: 'etc/os-release', found: [{ kind: 'system', rank: 1, system } satisfies Found] };
};
const tar = (type: string, distribution?: Distribution): FoundPackage => ({
  kind: 'package',
  type,
  name: 'tar',
  version: '1.34',
  state: 'declared',
  ...(distribution ? { distribution } : {}),
});
const join = (os: readonly [id: string, versionId?: string], ...found: readonly Found[]) =>
  joinFacts([systemFile(...os), { path: 'opt/app/bom.json', found }]);

const cases: readonly (readonly [
  type: string,
  image: readonly [id: string, versionId?: string],
  bill: Distribution,
  isOwn: boolean,
])[] = [
  ['deb', ['debian', '13'], { id: 'debian', versionId: '11' }, false],
  ['deb', ['debian', '12'], { id: 'debian', versionId: '12.4' }, true],
  ['deb', ['debian', '12'], { id: 'debian' }, true],
  ['deb', ['debian', '12'], { id: 'debian', versionId: '' }, false],
  ['deb', ['debian', '12'], { id: 'debian', versionId: 'nemo' }, false],
  ['deb', ['debian'], { id: 'debian', versionId: '' }, true],
  ['deb', ['debian', '12'], { id: 'ubuntu' }, false],
  ['deb', ['raspbian', '12'], { id: 'debian', versionId: '12' }, false],
  ['apk', ['alpine', '3.19.1'], { id: 'alpine', versionId: '3.19.7' }, true],
  ['apk', ['alpine', '3.19.1'], { id: 'alpine', versionId: '3.18.7' }, false],
  ['apk', ['chainguard', '20230214'], { id: 'chainguard', versionId: '20240101' }, true],
  ['apk', ['chainguard', '20230214'], { id: 'wolfi', versionId: '20230214' }, false],
  ['rpm', ['rhel', '9.4'], { id: 'rhel', versionId: '9.2' }, true],
  ['rpm', ['rhel', '9.4'], { id: 'redhat' }, true],
  ['rpm', ['rhel', '9.4'], { id: 'centos', versionId: '9' }, false],
  ['rpm', ['opensuse-tumbleweed', '20260101'], { id: 'opensuse-tumbleweed', versionId: '20240101' }, true],
  ['rpm', ['sled', '15.5'], { id: 'sles', versionId: '15.5' }, true],
  ['rpm', ['sles', '15.5'], { id: 'sles', versionId: '15.6' }, false],
  ['rpm', ['fedora', '39'], { id: 'fedora', versionId: '40' }, false],
  ['rpm', ['ol', '8.9'], { id: 'ol', versionId: '8' }, true],
  ['rpm', ['openeuler', '24.03'], { id: 'openeuler', versionId: '24.03' }, true],
  ['alpm', ['arch'], { id: 'debian', versionId: '12' }, false],
];
for (const [type, image, bill, isOwn] of cases)
  test(`${type} of ${bill.id} ${bill.versionId} in ${image.join(' ')}: ${isOwn ? 'its own' : 'not listed'}`, () => {
    const { os, packages, problems } = join(image, tar(type, bill));
    assert.deepEqual([packages.length, problems.length], isOwn ? [1, 0] : [0, 1]);
    if (isOwn) assert.equal(packages[0]?.purl, join(image, tar(type)).packages[0]?.purl, os?.id);
  });

test('one problem for each bill says how many, of which system, and that it is no damage', () => {
  const bullseye = { id: 'debian', versionId: '11' };
  const { problems } = join(['debian', '13'], tar('deb', bullseye), { ...tar('deb', bullseye), name: 'gzip' });
  assert.deepEqual(problems, [
    {
      kind: 'problem',
      where: { path: 'opt/app/bom.json' },
      code: 'other-system',
      message:
        'In bom.json: 2 packages are of another system (debian 11; this image is debian 13) and not listed; scan the image that it describes by itself.',
    },
  ]);
});

test('many systems in one bill are named in short', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((letter) => tar('deb', { id: letter.repeat(500), versionId: '1' }));
  const { problems } = join(['debian', '13'], ...many);
  assert.equal(problems.length, 1);
  assert.match(problems[0]!.message, /5 packages .* …; this image/);
  assert.ok(problems[0]!.message.length < 500);
});

test('installed packages of another system, as in snaps, stay; so does all where the image has no system', () => {
  const bullseye = { id: 'debian', versionId: '11' };
  assert.equal(join(['debian', '13'], { ...tar('deb', bullseye), state: 'installed' }).packages.length, 1);
  const { packages, problems } = joinFacts([{ path: 'bom.json', found: [tar('deb', bullseye)] }]);
  assert.deepEqual([packages[0]?.release, problems], ['11', []]);
});

test('what a bill says less of is the installed package: no architecture, no source, an epoch of 0', () => {
  const installed: FoundPackage = {
    ...tar('rpm'),
    state: 'installed',
    architecture: 'x86_64',
    source: { name: 'tar', version: '1.34' },
  };
  const declared: FoundPackage[] = [
    tar('rpm', { id: 'rhel', versionId: '9.3' }),
    { ...tar('rpm'), version: '0:1.34', architecture: 'x86_64', licenses: ['GPL-3.0-or-later'] },
    { ...tar('rpm'), architecture: 'aarch64' },
  ];
  const { packages } = joinFacts([
    systemFile('rhel', '9.4'),
    { path: 'var/lib/rpm/rpmdb.sqlite', found: [installed] },
    { path: 'bom.json', found: declared },
  ]);
  assert.deepEqual(
    packages.map(({ architecture, state, licenses, locations }) => [architecture, state, licenses, locations.length]),
    [
      ['aarch64', 'declared', undefined, 1],
      ['x86_64', 'installed', ['GPL-3.0-or-later'], 3],
    ],
  );
});

test('as many that are alike as an image may have take little time', () => {
  const found = Array.from({ length: 40_000 }, (_, index): Found[] => [
    { ...tar('rpm'), state: 'installed', architecture: `a${index}` },
    { ...tar('rpm'), source: { name: `s${index}`, version: '1' } },
  ]).flat();
  const start = performance.now();
  const { packages } = join(['rhel', '9'], ...found);
  assert.equal(packages.length, 40_000);
  assert.ok(performance.now() - start < 10_000);
});
