import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import {
  buildImage,
  type Compression,
  directory,
  file,
  hardlink,
  type LayerSpec,
  type Member,
  symlink,
  writeOciDir,
  writeOldDockerArchive,
} from '../../test/images/build-image.ts';
import { defaultLimits } from '../base/limits.ts';
import { openImage, readPackages } from './library.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-inventory-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const fresh = () => join(folder, String(count++));

const status = (...names: string[]) =>
  names
    .map((name) => `Package: ${name}\nStatus: install ok installed\nVersion: 1.0-1\nArchitecture: amd64\n`)
    .join('\n');
const osRelease = 'ID=debian\nVERSION_ID="11"\nPRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n';

async function inventoryOf(reference: string, options: object = {}) {
  await using image = await openImage(reference);
  return await readPackages(image, options);
}

async function take(layers: readonly (readonly Member[])[], compression: Compression = 'gzip') {
  const specs = layers.map((members): LayerSpec => ({ members, compression }));
  return inventoryOf(`oci-dir:${writeOciDir(buildImage(specs), fresh())}`);
}

const names = ({ packages }: { packages: readonly { name: string }[] }) => packages.map(({ name }) => name).join(' ');

const os = file('etc/os-release', osRelease);
const cases: readonly (readonly [title: string, layers: readonly (readonly Member[])[], expected: string])[] = [
  ['one layer', [[os, file('var/lib/dpkg/status', status('a', 'b'))]], 'a b'],
  [
    'a later status replaces the earlier',
    [[os, file('var/lib/dpkg/status', status('a'))], [file('var/lib/dpkg/status', status('b'))]],
    'b',
  ],
  ['a hidden status is gone', [[os, file('var/lib/dpkg/status', status('a'))], [file('var/lib/dpkg/.wh.status')]], ''],
  ['a status in a hidden directory is gone', [[os, file('var/lib/dpkg/status', status('a'))], [file('.wh.var')]], ''],
  [
    'a status made again after it was hidden',
    [[os, file('var/lib/dpkg/status', status('a'))], [file('var/.wh.lib')], [file('var/lib/dpkg/status', status('b'))]],
    'b',
  ],
  [
    'a status replaced by a directory',
    [[os, file('var/lib/dpkg/status', status('a'))], [directory('var/lib/dpkg/status')]],
    '',
  ],
  [
    'the same name twice in one layer',
    [[os, file('var/lib/dpkg/status', status('a')), file('var/lib/dpkg/status', status('b'))]],
    'b',
  ],
  [
    'a file, then a link of the same name',
    [[os, file('var/lib/dpkg/status', status('a')), symlink('var/lib/dpkg/status', '/nowhere')]],
    '',
  ],
  [
    'written below a link of a lower layer',
    [
      [
        os,
        directory('data'),
        directory('data/dpkg'),
        directory('var'),
        directory('var/lib'),
        symlink('var/lib/dpkg', '/data/dpkg'),
      ],
      [file('var/lib/dpkg/status', status('a'))],
    ],
    'a',
  ],
  [
    'interesting only where a link leads',
    [
      [os, directory('var'), directory('var/lib'), directory('var/lib/dpkg'), symlink('pkg', 'var/lib/dpkg')],
      [file('pkg/status', status('a'))],
    ],
    'a',
  ],
  [
    'a hard link with an interesting name',
    [[os, file('somewhere', status('a')), hardlink('var/lib/dpkg/status', 'somewhere')]],
    'a',
  ],
  [
    'a hard link to a lower layer',
    [[os, file('somewhere', status('a'))], [hardlink('var/lib/dpkg/status', 'somewhere')]],
    'a',
  ],
  [
    'a symbolic link with an interesting name',
    [[os, file('somewhere', status('a')), symlink('var/lib/dpkg/status', '../../../somewhere')]],
    'a',
  ],
  [
    'a hard link whose first name is then used again',
    [[os, file('x', status('a')), hardlink('var/lib/dpkg/status', 'x'), directory('x')]],
    'a',
  ],
  [
    'a hard link whose first name then has other content',
    [[os, file('x', status('a')), hardlink('var/lib/dpkg/status', 'x'), file('x', status('b'))]],
    'a',
  ],
  [
    'a database in a directory that is a link',
    [[os, symlink('var/lib/dpkg', '../../usr/lib/dpkg-db'), file('usr/lib/dpkg-db/status', status('a'))]],
    'a',
  ],
  [
    'files of a folder that is a link',
    [[os, symlink('var/lib/dpkg/status.d', '/opt/status.d'), file('opt/status.d/a', 'Package: a\nVersion: 1\n')]],
    'a',
  ],
  [
    'distroless',
    [
      [
        os,
        file('var/lib/dpkg/status.d/a', 'Package: a\nVersion: 1\n'),
        file('var/lib/dpkg/status.d/b', 'Package: b\nVersion: 1\n'),
      ],
    ],
    'a b',
  ],
];

for (const [title, layers, expected] of cases) {
  for (const compression of ['gzip', 'zstd', 'none'] as const) {
    test(`${title} (${compression})`, async () => assert.equal(names(await take(layers, compression)), expected));
  }
}

test('os-release behind a link, and each of its fallbacks', async () => {
  const linked = await take([
    [symlink('etc/os-release', '../usr/share/odd/release'), file('usr/share/odd/release', osRelease)],
  ]);
  assert.deepEqual([linked.os?.id, linked.os?.versionId], ['debian', '11']);
  const fallback = await take([[file('etc/debian_version', '11.6\n'), file('usr/lib/os-release', 'ID=other\n')]]);
  assert.equal(fallback.os?.id, 'other');
});

test('what a distribution owns is told apart', async () => {
  const metadata = 'Metadata-Version: 2.1\nName: six\nVersion: 1.16.0\n\n';
  const path = 'usr/lib/python3/dist-packages/six-1.16.0.dist-info/METADATA';
  const { packages } = await take([
    [
      os,
      file('var/lib/dpkg/status', status('python3-six')),
      file('var/lib/dpkg/info/python3-six.list', `/.\n/${path}\n`),
      file(path, metadata),
    ],
  ]);
  assert.deepEqual(
    packages.map(({ type, ownedBy }) => [type, ownedBy]),
    [
      ['deb', undefined],
      ['pypi', 'deb/python3-six'],
    ],
  );
});

test('one package in two places is one, installed if it is anywhere', async () => {
  const lock = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/a': { version: '1.0.0' } } });
  const { packages } = await take([
    [file('app/package-lock.json', lock)],
    [file('app/node_modules/a/package.json', '{"name":"a","version":"1.0.0"}')],
  ]);
  assert.deepEqual(
    packages.map(({ purl, state, locations }) => [purl, state, locations.length]),
    [['pkg:npm/a@1.0.0', 'installed', 2]],
  );
});

test('what is installed decides, whichever file comes first', async () => {
  const lock = JSON.stringify({
    lockfileVersion: 3,
    packages: { 'node_modules/a': { version: '1.0.0', resolved: 'file:vendor/a.tgz' } },
  });
  const members = [
    file('app/package-lock.json', lock),
    file('app/node_modules/a/package.json', '{"name":"a","version":"1.0.0"}'),
  ];
  const [forwards, backwards] = [await take([members]), await take([members.toReversed()])];
  assert.deepEqual(
    forwards.packages.map(({ origin, state }) => [origin, state]),
    [[undefined, 'installed']],
  );
  assert.deepEqual(
    backwards.packages.map(({ locations: _locations, ...item }) => item),
    forwards.packages.map(({ locations: _locations, ...item }) => item),
  );
});

const image = buildImage([
  { members: [os, file('var/lib/dpkg/status', status('a'))] },
  { members: [file('x', 'y'.repeat(10_000))], compression: 'zstd' },
]);

test('what is remembered gives the same, and is not used where the bytes have changed', async () => {
  const cacheDirectory = fresh();
  const path = writeOciDir(image, fresh());
  const cold = await inventoryOf(path, { cacheDirectory });
  assert.deepEqual(await inventoryOf(path, { cacheDirectory }), cold);
  const copy = fresh();
  cpSync(path, copy, { recursive: true });
  assert.deepEqual(await inventoryOf(copy, { cacheDirectory }), cold, 'a copy is hashed and believed');
  const blob = join(path, 'blobs/sha256', image.layers[0]!.digest.slice(7));
  const bytes = readFileSync(blob);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(blob, bytes);
  await assert.rejects(inventoryOf(path, { cacheDirectory }), { code: 'digest-mismatch' });
});

test('a file put back with its old times is still another file', async () => {
  const cacheDirectory = fresh();
  const path = writeOldDockerArchive(image, fresh());
  await inventoryOf(path, { cacheDirectory });
  const bytes = readFileSync(path);
  bytes[bytes.indexOf('Package: a') + 9]! ^= 1;
  writeFileSync(path, bytes);
  utimesSync(path, new Date(0), new Date(0));
  await assert.rejects(inventoryOf(path, { cacheDirectory }), { code: 'digest-mismatch' });
});

test('an uncompressed layer that was changed or cut off is refused', async () => {
  const plain = buildImage([
    {
      members: [os, file('var/lib/dpkg/status', status('a')), file('big', Buffer.alloc(200_000, 'x'))],
      compression: 'none',
    },
  ]);
  for (const edit of [
    (bytes: Buffer) => bytes.fill('y', bytes.length >> 1, (bytes.length >> 1) + 1),
    (bytes: Buffer) => bytes.subarray(0, bytes.length - 512),
  ]) {
    const path = writeOciDir(plain, fresh());
    const blob = join(path, 'blobs/sha256', plain.layers[0]!.digest.slice(7));
    writeFileSync(blob, edit(readFileSync(blob)));
    await assert.rejects(inventoryOf(path), { code: 'digest-mismatch' });
  }
  const archive = writeOldDockerArchive(plain, fresh());
  const bytes = readFileSync(archive);
  bytes[bytes.indexOf('x'.repeat(1000)) + 5] = 0x7a;
  writeFileSync(archive, bytes);
  await assert.rejects(inventoryOf(archive), { code: 'digest-mismatch' });
});

test('a damaged cache is as good as none', async () => {
  const cacheDirectory = fresh();
  const path = writeOciDir(image, fresh());
  const cold = await inventoryOf(path, { cacheDirectory });
  const overwrite = (below: string): void => {
    for (const entry of readdirSync(below, { withFileTypes: true })) {
      if (entry.isDirectory()) overwrite(join(below, entry.name));
      else writeFileSync(join(below, entry.name), '\xff\xff\xff\xff{{{');
    }
  };
  overwrite(cacheDirectory);
  assert.deepEqual(await inventoryOf(path, { cacheDirectory }), cold);
});

test('a result that was cut off, or is not ours, is read anew', async () => {
  const edits = [
    (bytes: Buffer) => bytes.subarray(0, bytes.length - 5),
    () => Buffer.from('{}'),
    () => Buffer.alloc(0),
  ];
  for (const edit of edits) {
    const cacheDirectory = fresh();
    const path = writeOciDir(image, fresh());
    const cold = await inventoryOf(path, { cacheDirectory });
    for (const entry of readdirSync(cacheDirectory, { recursive: true, withFileTypes: true })) {
      const name = join(entry.parentPath, entry.name);
      if (entry.isFile() && !entry.parentPath.endsWith('verified')) writeFileSync(name, edit(readFileSync(name)));
    }
    assert.deepEqual(await inventoryOf(path, { cacheDirectory }), cold);
  }
});

test('a blob that is swapped while it is read is not remembered as verified', async () => {
  const cacheDirectory = fresh();
  const path = writeOciDir(image, fresh());
  const blob = join(path, 'blobs/sha256', image.layers[1]!.digest.slice(7));
  const good = readFileSync(blob);
  {
    await using opened = await openImage(path);
    const [first, second] = opened.layers;
    const swapping = {
      ...second!,
      async *open(signal?: AbortSignal) {
        yield* second!.open(signal);
        writeFileSync(blob, Buffer.from(good).fill(0));
      },
    };
    await readPackages({ ...opened, layers: [first!, swapping] }, { cacheDirectory });
  }
  await assert.rejects(inventoryOf(path, { cacheDirectory }), { code: 'digest-mismatch' });
});

test('a cache that cannot be written costs nothing but time', async () => {
  const cacheDirectory = fresh();
  writeFileSync(cacheDirectory, 'a file where a directory should be');
  const path = writeOciDir(image, fresh());
  assert.equal(names(await inventoryOf(path, { cacheDirectory })), 'a');
});

test('without a cache directory nothing is written', async () => {
  const path = writeOciDir(image, fresh());
  const before = readdirSync(folder).length;
  await inventoryOf(path);
  assert.equal(readdirSync(folder).length, before);
});

test('a directory gives what the image gives', async () => {
  const root = fresh();
  const put = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  put('var/lib/dpkg/status', status('a'));
  put('usr/lib/os-release', osRelease);
  mkdirSync(join(root, 'etc'));
  symlinkSync('../usr/lib/os-release', join(root, 'etc/os-release'));
  symlinkSync('/', join(root, 'out'));
  symlinkSync('loop', join(root, 'loop'));
  const found = await inventoryOf(`dir:${root}`);
  assert.equal(names(found), 'a');
  assert.equal(found.os?.id, 'debian');
  assert.deepEqual(found.packages[0]?.locations, [{ path: 'var/lib/dpkg/status' }]);
  assert.deepEqual(found.problems, []);
});

test('a database behind a linked directory is found in a directory too', async () => {
  const root = fresh();
  mkdirSync(join(root, 'usr/lib/dpkg-db/status.d'), { recursive: true });
  mkdirSync(join(root, 'var/lib'), { recursive: true });
  writeFileSync(join(root, 'usr/lib/dpkg-db/status'), status('a'));
  writeFileSync(join(root, 'usr/lib/dpkg-db/status.d/b'), 'Package: b\nVersion: 1\n');
  symlinkSync('../../usr/lib/dpkg-db', join(root, 'var/lib/dpkg'));
  assert.equal(names(await inventoryOf(`dir:${root}`)), 'a b');
});

test('a directory that leads out by a link is not left', async () => {
  const root = fresh();
  const outside = fresh();
  mkdirSync(join(root, 'var/lib'), { recursive: true });
  mkdirSync(join(outside, 'dpkg'), { recursive: true });
  writeFileSync(join(outside, 'dpkg/status'), status('outside'));
  symlinkSync(join(outside, 'dpkg'), join(root, 'var/lib/dpkg'));
  assert.equal(names(await inventoryOf(`dir:${root}`)), '');
});

const bombs: readonly (readonly [
  title: string,
  layers: readonly (readonly Member[])[],
  limits: object,
  expected: string,
])[] = [
  [
    'too many entries in a layer',
    [Array.from({ length: 50 }, (_, index) => file(`f${index}`))],
    { maxEntries: 20 },
    'limit-exceeded',
  ],
  [
    'too many entries in all layers',
    [
      [file('a'), file('b')],
      [file('c'), file('d')],
    ],
    { maxEntries: 3 },
    'limit-exceeded',
  ],
  ['a layer that is too large', [[file('a', 'x'.repeat(100_000))]], { maxLayerBytes: 10_000 }, 'limit-exceeded'],
  [
    'a path that is too long',
    [[file(`${'a/'.repeat(300)}b`.slice(0, 300)), file('c')]],
    { maxPathBytes: 100 },
    'too-large',
  ],
  ['a path that is too deep', [[file('a/b/c/d/e/f')]], { maxPathDepth: 4 }, 'too-deep'],
  [
    'links that lead through links',
    [
      [
        directory('d'),
        ...[2, 1, 0].map((step) => symlink(`l${step}`, `${'d/../'.repeat(100)}${step === 2 ? 'd' : `l${step + 1}`}`)),
        ...Array.from({ length: 20 }, (_, index) => file(`l0/${index}/f`)),
      ],
    ],
    { maxPathSteps: 10_000 },
    'limit-exceeded',
  ],
  [
    'one file under many names',
    [
      [
        file('x', `{"name":"x","version":"1.0.0","x":"${'x'.repeat(900)}"}`),
        ...Array.from({ length: 20 }, (_, index) => hardlink(`node_modules/x${index}/package.json`, 'x')),
      ],
    ],
    { maxFileBytes: 1000 },
    'unreadable,unreadable,unreadable',
  ],
  [
    'too many packages in a layer',
    [
      [
        file('a/package.json', '{"name":"a","version":"1.0.0"}'),
        file('b/package.json', '{"name":"b","version":"1.0.0"}'),
      ],
    ],
    { maxPackages: 1 },
    'limit-exceeded',
  ],
  [
    'too many packages in all layers',
    [
      [file('a/package.json', '{"name":"a","version":"1.0.0"}')],
      [file('b/package.json', '{"name":"b","version":"1.0.0"}')],
    ],
    { maxPackages: 1 },
    'limit-exceeded',
  ],
  ['a wanted file that is too large', [[file('etc/os-release', 'x'.repeat(70_000))]], {}, 'too-large'],
];

for (const [title, layers, limits, expected] of bombs) {
  test(`bomb: ${title}`, async () => {
    const path = writeOciDir(buildImage(layers.map((members) => ({ members }))), fresh());
    const outcome = await inventoryOf(path, { limits: { ...defaultLimits, ...limits } }).then(
      ({ problems }) => problems.map(({ code }) => code).join(),
      (error) => error.code,
    );
    assert.equal(outcome, expected);
  });
}

test('a scan can be cancelled', async () => {
  const path = writeOciDir(image, fresh());
  await assert.rejects(inventoryOf(path, { signal: AbortSignal.abort(new Error('enough')) }), /enough|aborted/i);
});

test('a directory with too many packages is refused', async () => {
  const root = fresh();
  for (const name of ['a', 'b']) {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, 'package.json'), `{"name":"${name}","version":"1.0.0"}`);
  }
  const limits = { ...defaultLimits, maxPackages: 1 };
  await assert.rejects(inventoryOf(`dir:${root}`, { limits }), { code: 'limit-exceeded' });
});

test('a directory whose files are where directories should be has none', async () => {
  const root = fresh();
  mkdirSync(root);
  for (const name of ['etc', 'var', 'usr']) writeFileSync(join(root, name), '');
  assert.deepEqual(await inventoryOf(`dir:${root}`), { packages: [], problems: [] });
});

test('what a link leads to and cannot be read is told', async () => {
  const root = fresh();
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'large'), 'x'.repeat(70_000));
  symlinkSync('../large', join(root, 'etc/os-release'));
  symlinkSync(`../${'x'.repeat(300)}`, join(root, 'etc/lsb-release'));
  const { problems } = await inventoryOf(`dir:${root}`);
  assert.deepEqual(
    problems.map(({ code, where }) => [code, where.path]),
    [
      ['too-large', 'etc/os-release'],
      ['unreadable', ''],
    ],
  );
});

const fifo = (path: string): Member => ({ path, type: '6' });
const database = 'var/lib/dpkg/status';
const noFiles: readonly (readonly [title: string, members: readonly Member[], expected: readonly string[]])[] = [
  ['pipe', [fifo(database)], ['malformed']],
  ['directory', [directory(database)], ['malformed']],
  ['link to nothing', [symlink(database, 'status.old')], ['incomplete']],
  ['link to itself', [symlink(database, 'status')], ['incomplete']],
  ['link to a directory', [directory('data'), symlink(database, '/data')], ['incomplete']],
  ['link to a file', [file('data', ''), symlink(database, '/data')], []],
  ['file without a line', [file(database, '')], []],
];

for (const [title, members, expected] of noFiles)
  test(`a database that is a ${title}`, { skip: process.platform === 'win32' }, async () => {
    const root = fresh();
    for (const { path, type = '0', linkName = '' } of [directory('var/lib/dpkg'), ...members]) {
      if (type === '5') mkdirSync(join(root, path), { recursive: true });
      else if (type === '2') symlinkSync(linkName, join(root, path));
      else if (type === '6') execFileSync('mkfifo', [join(root, path)]);
      else writeFileSync(join(root, path), '');
    }
    for (const { problems } of [await take([[os], members]), await inventoryOf(`dir:${root}`)]) {
      assert.deepEqual(
        problems.map(({ code, where }) => [code, where.path]),
        expected.map((code) => [code, database]),
      );
    }
  });

test('one database that has two paths by a link is told once, and one that stands in for another not', async () => {
  const members = [directory('usr/lib/apk/db'), fifo('usr/lib/apk/db/installed'), symlink('lib', 'usr/lib')];
  const { problems } = await take([[...members, symlink('etc/lsb-release', 'nothing')]]);
  assert.deepEqual(
    problems.map(({ where }) => where.path),
    ['usr/lib/apk/db/installed'],
  );
});

test('a pipe with the name of a lock file is told in a directory, a directory so named is not', {
  skip: process.platform === 'win32',
}, async () => {
  const root = fresh();
  mkdirSync(join(root, 'test/package.json'), { recursive: true });
  execFileSync('mkfifo', [join(root, 'package-lock.json')]);
  const { problems } = await inventoryOf(`dir:${root}`);
  assert.deepEqual(
    problems.map(({ where }) => where.path),
    ['package-lock.json'],
  );
});

test('a message that begins with a path leaves its letters as they are', async () => {
  const path = writeOciDir(buildImage([{ members: [file('b/pubspec.lock', 'x'.repeat(2000))] }]), fresh());
  const { problems } = await inventoryOf(path, { limits: { ...defaultLimits, maxFileBytes: 1000 } });
  assert.match(problems.map(({ message }) => message).join(), /^b\/pubspec\.lock has 2000 bytes/);
});
