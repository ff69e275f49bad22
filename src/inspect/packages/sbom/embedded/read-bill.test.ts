import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { FileSelector } from '../../file-selector.ts';
import { joinFacts } from '../../join.ts';
import { embeddedSbom } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));
const find = (content: string | Buffer, path = 'srv/app.cdx.json') => readFileBy(embeddedSbom, path, content);
const read = async (content: string | Buffer, path?: string) => rowsOf(await find(content, path)).sort();

const system = ['deb tar 1.34+dfsg-1.2+deb12u1 declared', 'deb zlib1g 1:1.2.13.dfsg-1 declared'];
const modules = ['npm @babel/code-frame 7.24.2 declared', 'npm ms 2.1.3 declared'];
for (const name of ['plimsoll.cdx.json', 'plimsoll.spdx.json', 'plimsoll-3.spdx.json', 'plimsoll.syft.json'])
  test(`${name}: what was found, with release and source`, async () => {
    const found = await find(testdata(name));
    assert.deepEqual(rowsOf(found).sort(), [...system, ...modules]);
    const { packages } = joinFacts([{ path: 'srv/x', found }]);
    const zlib = packages.find((item) => item.name === 'zlib1g');
    assert.deepEqual(
      [zlib?.purl, zlib?.ecosystem, zlib?.release, zlib?.source],
      [
        'pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?arch=amd64&distro=debian-12',
        'Debian',
        '12',
        { name: 'zlib', version: '1:1.2.13.dfsg-1' },
      ],
    );
  });

for (const name of ['owned.cdx.json', 'owned.spdx.json', 'owned-3.spdx.json', 'owned.syft.json'])
  test(`${name}: the library in a distribution's package is left to that`, async () =>
    assert.deepEqual(await read(testdata(name)), ['deb python3-six 1.16.0-4 declared']));

test("Trivy's source package, in parts among the properties; Debian 12.4 is the image's own Debian 12", async () => {
  const trivy = (parts: Record<string, string>) =>
    Object.entries(parts).map(([part, value]) => ({ name: `aquasecurity:trivy:${part}`, value }));
  const zlib = trivy({ SrcName: 'zlib', SrcVersion: '1.2.13.dfsg', SrcRelease: '1', SrcEpoch: '1' });
  const qualifiers = '?arch=amd64&distro=debian-12.4&epoch=1';
  const found = await find(
    bom(
      { purl: `pkg:deb/debian/zlib1g@1.2.13.dfsg-1${qualifiers}`, properties: zlib },
      { purl: 'pkg:apk/alpine/musl-utils@1.2.3-r4', properties: trivy({ SrcName: 'musl', SrcVersion: '1.2.3-r4' }) },
      { purl: 'pkg:rpm/redhat/bash@5.1.8-6.el9', properties: trivy({ SrcName: 'bash' }) },
    ),
  );
  assert.deepEqual(
    found.map((item) => item.kind === 'package' && item.source),
    [
      { name: 'zlib', version: '1:1.2.13.dfsg-1' },
      { name: 'musl', version: '1.2.3-r4' },
      { name: 'bash', version: '5.1.8-6.el9' },
    ],
  );
  const system = { id: 'debian', idLike: [], versionId: '12', path: 'etc/os-release' };
  const installed = { kind: 'package', type: 'deb', name: 'zlib1g', version: '1:1.2.13.dfsg-1' } as const;
  const { packages, problems } = joinFacts([
    { path: 'etc/os-release', found: [{ kind: 'system', rank: 1, system }] },
    { path: 'var/lib/dpkg/status', found: [{ ...installed, architecture: 'amd64', state: 'installed' }] },
    { path: 'opt/bom.json', found },
  ]);
  assert.deepEqual(
    packages.map(({ purl, state }) => [purl, state]),
    [['pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?arch=amd64&distro=debian-12', 'installed']],
  );
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['other-system'],
  );
});

test("bills of Wolfi and Chainguard in their own place are of the image's own system", async () => {
  const path = 'var/lib/db/sbom/glibc-2.39-r0.spdx.json';
  const found = await find(bom({ purl: 'pkg:apk/wolfi/glibc@2.39-r0?arch=x86_64&distro=wolfi' }), path);
  const system = { id: 'chainguard', idLike: [], versionId: '20230214', path: 'etc/os-release' };
  const glibc = { kind: 'package', type: 'apk', name: 'glibc', version: '2.39-r0', architecture: 'x86_64' } as const;
  const { packages, problems } = joinFacts([
    { path: 'etc/os-release', found: [{ kind: 'system', rank: 1, system }] },
    { path: 'lib/apk/db/installed', found: [{ ...glibc, state: 'installed' }] },
    { path, found },
  ]);
  assert.deepEqual(
    packages.map(({ ecosystem, locations }) => [ecosystem, locations.length]),
    [['Chainguard', 2]],
  );
  assert.deepEqual(problems, []);
});

for (const [name, mark] of [
  ['npm.cdx.json', ' dev'],
  ['npm.spdx.json', ''],
] as const)
  test(`${name}: the same as npm ls, the project itself is nobody else's`, async () =>
    assert.deepEqual(await read(testdata(name)), [
      'npm @babel/helper-validator-identifier 7.25.9 declared',
      'npm keel-app 1.2.3 declared file:srv',
      'npm ms 2.1.3 declared',
      `npm once 1.4.0 declared${mark}`,
      `npm wrappy 1.0.2 declared${mark}`,
    ]));

test('cargo.cdx.json: the same as cargo metadata, the program in the project is not listed again', async () =>
  assert.deepEqual(await read(testdata('cargo.cdx.json')), [
    'cargo itoa 1.0.19 declared',
    'cargo keel 0.1.0 declared file:srv',
    'cargo memchr 2.8.3 declared',
  ]));

for (const name of ['pip.cdx.json', 'pip.cdx.xml'])
  test(`${name}: the same as pip list`, async () => {
    const found = await find(testdata(name));
    assert.deepEqual(rowsOf(found).sort(), [
      'pypi boolean.py 5.0 declared',
      'pypi six 1.17.0 declared',
      'pypi typing_extensions 4.16.0 declared',
    ]);
    const six = found.find((item) => item.kind === 'package' && item.name === 'six');
    assert.deepEqual(six?.kind === 'package' && six.licenses, ['MIT']);
  });

test('SPDX as tags and values', async () => {
  const text = [
    '# made by hand',
    'SPDXVersion: SPDX-2.3',
    'PackageName: app',
    'SPDXID: SPDXRef-app',
    'PackageName: keel',
    'SPDXID: SPDXRef-keel',
    'PackageVersion: 1.2.0',
    'PackageLicenseConcluded: NOASSERTION',
    'PackageLicenseDeclared: MIT',
    'ExternalRef: PACKAGE-MANAGER purl pkg:npm/keel',
    'PackageName: mast',
    'SPDXID: SPDXRef-mast',
    'ExternalRef: PACKAGE-MANAGER purl pkg:github/ship/mast@1',
    'Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-app',
    'Relationship: SPDXRef-keel GENERATED_FROM SPDXRef-mast',
  ].join('\r\n');
  const found = await find(text, 'srv/app.spdx');
  assert.deepEqual(rowsOf(found), ['npm keel 1.2.0 declared']);
  assert.deepEqual(found[0]?.kind === 'package' && found[0].licenses, ['MIT']);
});

test('tags and values without end: the first packages and relations', async () => {
  const few = { ...defaultLimits, maxPackagesPerFile: 3 };
  const keel = 'PackageName: keel\nPackageVersion: 1\nExternalRef: PACKAGE-MANAGER purl pkg:npm/keel\n';
  const begin = `SPDXVersion: SPDX-2.3\n${keel}`;
  const findFew = async (rest: string) => rowsOf(await readFileBy(embeddedSbom, 'a.spdx', begin + rest, few)).sort();
  const named = 'npm keel 1 declared';
  const alone = `${named} file:.`;
  assert.deepEqual(await findFew('PackageName: a\n'.repeat(2)), [named, 'unidentified']);
  assert.deepEqual(await findFew('PackageName: a\n'.repeat(900)), [named, 'too-many 7', 'unidentified']);
  assert.deepEqual(await findFew('Relationship: a GENERATED_FROM b\n'.repeat(900)), [alone, 'too-many 8']);
  assert.deepEqual(await findFew('Relationship: a CONTAINS b\n'.repeat(900)), [alone]);
  const many = Buffer.from(begin + 'PackageName:a\n'.repeat(2_000_000));
  assert.deepEqual(await read(many, 'a.spdx'), [named, 'too-many 50004', 'unidentified']);
});

test('one package, whoever names it; the place where it is installed says whose it is', async () => {
  const bill = await find(testdata('pip.cdx.json'));
  const installed = { kind: 'package', type: 'pypi', name: 'Typing_Extensions', version: '4.16.0' } as const;
  const { packages } = joinFacts([
    { path: 'srv/a.cdx.json', found: bill },
    { path: 'usr/lib/METADATA', found: [{ ...installed, state: 'installed' }] },
    { path: 'status', found: [{ kind: 'ownership', type: 'deb', owner: 'ext', paths: ['usr/lib/METADATA'] }] },
  ]);
  assert.equal(packages.length, 3);
  const item = packages.find(({ purl }) => purl === 'pkg:pypi/typing-extensions@4.16.0');
  assert.deepEqual([item?.state, item?.ownedBy, item?.locations.length], ['installed', 'deb/ext', 2]);
});

const bom = (...components: readonly unknown[]) => JSON.stringify({ bomFormat: 'CycloneDX', components });
const cases: readonly (readonly [title: string, content: string | Buffer, rows: readonly string[]])[] = [
  [
    'nested',
    bom({ components: [{ purl: 'pkg:gem/a@1' }], purl: 'pkg:gem/b@1' }),
    ['gem a 1 declared', 'gem b 1 declared'],
  ],
  ['excluded', bom({ purl: 'pkg:maven/g/a@1', scope: 'excluded' }), ['maven g:a 1 declared dev']],
  [
    'spelling',
    bom({ name: 'github.com/BurntSushi/toml', purl: 'pkg:golang/github.com/BurntSushi/toml@v1' }),
    ['golang github.com/BurntSushi/toml v1 declared'],
  ],
  ['a name that is not the purl', bom({ name: 'other', purl: 'pkg:npm/a@1' }), ['npm a 1 declared']],
  ['version beside the purl', bom({ version: '2', purl: 'pkg:npm/a' }), ['npm a 2 declared']],
  ['no version', bom({ purl: 'pkg:npm/a' }), ['unpinned']],
  [
    'from a repository',
    bom({ purl: 'pkg:npm/a@1?vcs_url=git+https://u:p@git.example.org/a' }),
    ['npm a 1 declared git+https://git.example.org/a'],
  ],
  ['rpm', bom({ purl: 'pkg:rpm/redhat/a@1-2?epoch=3&upstream=b-1-2.src.rpm' }), ['rpm a 3:1-2 declared']],
  ['sources', bom({ purl: 'pkg:github/ship/mast@1' }, { purl: 'pkg:gitlab/ship/mast@1' }), []],
  ['files', bom({ type: 'file', name: 'a' }, { type: 'operating-system', name: 'debian' }), []],
  ['no purl', bom({ name: 'a' }, { name: 'b', purl: 'pkg:' }), ['unidentified']],
  ['wrong kinds', bom(1, [], { name: {}, purl: 7, licenses: 'x', properties: [1], components: {} }), ['unidentified']],
  ['a lying name', bom({ purl: 'pkg:npm/a%0A@1' }), ['incomplete']],
  ['another JSON', '{"bom": 1}', ['unidentified']],
  ['another XML', '<project/>', ['unidentified']],
  ['another text', 'lamp', ['unidentified']],
  ['empty', '', ['truncated']],
  ['cut off', bom({ purl: 'pkg:npm/a@1' }).slice(0, 40), ['malformed 1']],
  ['UTF-16', Buffer.from(bom(), 'utf16le'), ['malformed 1']],
  ['a document type', '<!DOCTYPE bom><bom/>', ['unsupported 1']],
  ['too deep XML', '<component>'.repeat(100_000), ['too-deep 1']],
  ['too many', `{"bomFormat":"CycloneDX","components":[${'1,'.repeat(1_000_001)}1]}`, ['too-many']],
];
for (const [title, content, rows] of cases)
  test(`bill: ${title}`, async () => assert.deepEqual(await read(content), rows));

test('components nested without end are read to a depth', async () => {
  const open = '{"purl":"pkg:gem/a@1","components":[';
  const deep = `{"bomFormat":"CycloneDX","components":[${open.repeat(10_000)}${']}'.repeat(10_000)}]}`;
  assert.deepEqual(await read(deep), ['gem a 1 declared']);
});

test('which files', () => {
  const selector = new FileSelector([embeddedSbom]);
  const wheel = 'usr/lib/python3/site-packages/a-1.dist-info/sboms/auditwheel';
  for (const path of ['a/bom.json', 'a.cdx.xml', 'var/lib/db/sbom/a.spdx.json', wheel])
    assert.ok(selector.wantsName(path), path);
  for (const path of ['opt/bitnami/a/.spdx-a.spdx', 'srv/sboms/a', 'a.json'])
    assert.ok(!selector.wantsName(path), path);
});

test('what a wheel says of the libraries in it is installed', async () =>
  assert.deepEqual(await read(bom({ purl: 'pkg:gem/a@1' }), 'x/a-1.dist-info/sboms/a.cdx.json'), [
    'gem a 1 installed',
  ]));
