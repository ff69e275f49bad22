import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  buildImage,
  directory,
  file,
  hardlink,
  type Member,
  symlink,
  writeOciDir,
} from '../../../test/images/build-image.ts';
import { takesNothing } from '../../../test/images/opened-image.ts';
import { defaultLimits } from '../../base/limits.ts';
import type { Layer } from '../../base/model/image.ts';
import { layLayer } from './layer-rules.ts';
import { readLayer } from './read-layer.ts';
import { SquashedTree } from './squashed-tree.ts';

const ignores = { placed: () => {}, linked: () => {} };

/** Lays layers over one another; each name as `path`, `path/`, `path -> target`. */
async function squash(
  layers: readonly (readonly Member[])[],
): Promise<{ names: string[]; problems: string[]; tree: SquashedTree }> {
  const built = buildImage(layers.map((members) => ({ members })));
  const tree = new SquashedTree(defaultLimits);
  const problems: string[] = [];
  for (const [index, { blob, digest, diffId, mediaType }] of built.layers.entries()) {
    const layer: Layer = {
      index,
      diffId,
      descriptor: { digest, mediaType, size: blob.length },
      local: true,
      async *open() {
        yield blob;
      },
    };
    const entries = await readLayer(layer, takesNothing, { limits: defaultLimits });
    const laid = layLayer(tree, { index, diffId, ...entries }, ignores);
    problems.push(...[...entries.problems, ...laid].map(({ code }) => code));
  }
  const names = [...tree.entries()].map(({ path, type, linkTarget }) =>
    type === 'directory' ? `${path}/` : type === 'symlink' ? `${path} -> ${linkTarget}` : path,
  );
  assert.equal(tree.size, names.length);
  return { names: names.sort(), problems, tree };
}

interface Case {
  readonly title: string;
  readonly layers: readonly (readonly Member[])[];
  readonly names: readonly string[];
  readonly problems?: readonly string[];
  /** umoci does not unpack this, or differs for the reason given. */
  readonly notByUmoci?: string;
}

const wh = (path: string): Member => file(path.replace(/([^/]*)$/, '.wh.$1'));
const opaque = (path: string): Member => file(`${path}/.wh..wh..opq`);

const cases: readonly Case[] = [
  {
    title: 'a later layer adds and replaces',
    layers: [
      [directory('a'), file('a/x', '1')],
      [file('a/x', '2'), file('a/y')],
    ],
    names: ['a/', 'a/x', 'a/y'],
  },
  { title: 'a whiteout hides a file', layers: [[file('a/x'), file('a/y')], [wh('a/x')]], names: ['a/', 'a/y'] },
  {
    title: 'a whiteout hides a directory with all below it',
    layers: [[file('a/b/c/d'), file('z')], [wh('a')]],
    names: ['z'],
  },
  {
    title: 'a whiteout of what is not there',
    layers: [[file('a/x')], [wh('a/nothing'), wh('b/nothing')]],
    names: ['a/', 'a/x'],
    notByUmoci: 'umoci makes the parent b',
  },
  {
    title: 'a whiteout does not touch its own layer, before it',
    layers: [[file('a/x')], [file('a/x', 'new'), wh('a/x')]],
    names: ['a/', 'a/x'],
  },
  {
    title: 'a whiteout does not touch its own layer, after it',
    layers: [[file('a/x')], [wh('a/x'), file('a/x', 'new')]],
    names: ['a/', 'a/x'],
  },
  {
    title: 'a higher layer creates again what a lower one hid',
    layers: [[file('a/x')], [wh('a/x')], [file('a/x', 'again')]],
    names: ['a/', 'a/x'],
  },
  {
    title: 'a hidden directory is made anew, empty',
    layers: [[file('a/old')], [wh('a'), directory('a'), file('a/new')]],
    names: ['a/', 'a/new'],
  },
  {
    title: 'an opaque directory keeps only what its layer has',
    layers: [
      [file('a/old'), file('a/b/old')],
      [directory('a'), opaque('a'), file('a/new')],
    ],
    names: ['a/', 'a/new'],
  },
  {
    title: 'an opaque mark after the files of its layer',
    layers: [[file('a/old')], [directory('a'), file('a/new'), opaque('a')]],
    names: ['a/', 'a/new'],
  },
  {
    title: 'an opaque mark in an implied directory',
    layers: [
      [file('a/b/old'), file('a/keep')],
      [opaque('a/b'), file('a/b/new')],
    ],
    names: ['a/', 'a/b/', 'a/b/new', 'a/keep'],
  },
  { title: 'an opaque root', layers: [[file('old')], [file('.wh..wh..opq'), file('new')]], names: ['new'] },
  {
    title: 'bookkeeping of AUFS is passed over',
    layers: [[file('x')], [directory('.wh..wh.plnk'), file('.wh..wh.aufs'), file('y')]],
    names: ['x', 'y'],
    notByUmoci: 'umoci takes it for a whiteout',
  },
  { title: 'a file over a directory', layers: [[file('a/x')], [file('a')]], names: ['a'] },
  { title: 'a directory over a file', layers: [[file('a')], [directory('a'), file('a/x')]], names: ['a/', 'a/x'] },
  {
    title: 'a link over a directory',
    layers: [[file('a/x'), directory('b')], [symlink('a', 'b')]],
    names: ['a -> b', 'b/'],
  },
  {
    title: 'a file below a link of a lower layer goes where the link leads',
    layers: [[directory('usr'), directory('usr/lib'), symlink('lib', 'usr/lib')], [file('lib/x')]],
    names: ['lib -> usr/lib', 'usr/', 'usr/lib/', 'usr/lib/x'],
  },
  {
    title: 'an absolute link stays inside the root',
    layers: [[directory('usr'), directory('usr/lib'), symlink('lib', '/usr/lib')], [file('lib/x')]],
    names: ['lib -> /usr/lib', 'usr/', 'usr/lib/', 'usr/lib/x'],
  },
  {
    title: 'a whiteout below a link hides where the link leads',
    layers: [[file('usr/lib/x'), symlink('lib', 'usr/lib')], [wh('lib/x')]],
    names: ['lib -> usr/lib', 'usr/', 'usr/lib/'],
  },
  {
    title: 'a directory over a link is a new one',
    layers: [
      [file('usr/lib/x'), symlink('lib', 'usr/lib')],
      [directory('lib'), wh('lib/x'), file('lib/y')],
    ],
    names: ['lib/', 'lib/y', 'usr/', 'usr/lib/', 'usr/lib/x'],
  },
  {
    title: 'hard links, in one layer and to a lower one',
    layers: [[file('a'), hardlink('b', 'a')], [hardlink('c', 'a')]],
    names: ['a', 'b', 'c'],
  },
  { title: 'a hard link outlives its target', layers: [[file('a'), hardlink('b', 'a')], [wh('a')]], names: ['b'] },
  {
    title: 'a hard link to nothing',
    layers: [[hardlink('b', 'gone'), file('c')]],
    names: ['c'],
    problems: ['incomplete'],
    notByUmoci: 'umoci refuses the image',
  },
  {
    title: 'the same name twice: the later entry counts',
    layers: [[file('a', '1'), symlink('a', 'b')]],
    names: ['a -> b'],
  },
  {
    title: 'names with dots and slashes',
    layers: [[file('./a'), file('b//c'), file('d/./e')]],
    names: ['a', 'b/', 'b/c', 'd/', 'd/e'],
  },
  {
    title: 'names that leave the root',
    layers: [[file('../a'), file('b/../../c'), file('d')]],
    names: ['d'],
    problems: ['unsafe-path', 'unsafe-path'],
    notByUmoci: 'umoci puts them into the root',
  },
  {
    title: 'links that lead to themselves',
    layers: [
      [symlink('a', 'b'), symlink('b', 'a')],
      [file('a/x'), file('c')],
    ],
    names: ['a -> b', 'b -> a', 'c'],
    problems: ['cycle'],
    notByUmoci: 'umoci refuses the image',
  },
  {
    title: 'a file below a file',
    layers: [[file('a')], [file('a/x'), file('c')]],
    names: ['a', 'c'],
    problems: ['malformed'],
    notByUmoci: 'umoci refuses the image',
  },
  {
    title: 'a whiteout that names nothing',
    layers: [[file('a')], [file('.wh.'), file('b')]],
    names: ['a', 'b'],
    problems: ['malformed'],
    notByUmoci: 'umoci hides the whole directory',
  },
];

for (const { title, layers, names, problems } of cases) {
  test(title, async () => {
    const squashed = await squash(layers);
    assert.deepEqual(squashed.names, [...names].sort());
    assert.deepEqual(squashed.problems, problems ?? []);
  });
}

const hasUmoci = spawnSync('umoci', ['--version']).status === 0 && process.getuid?.() === 0;

test('umoci unpacks the same', {
  skip: hasUmoci ? false : 'SKIPPED: needs umoci, as root (apt-get install umoci)',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-umoci-'));
  try {
    for (const [index, { title, layers, names, notByUmoci }] of cases.entries()) {
      if (notByUmoci !== undefined) continue;
      const image = writeOciDir(buildImage(layers.map((members) => ({ members }))), join(folder, `image${index}`));
      const bundle = join(folder, `bundle${index}`);
      const unpacked = spawnSync('umoci', ['unpack', '--image', `${image}:latest`, bundle], { encoding: 'utf8' });
      assert.equal(unpacked.status, 0, `${title}: ${unpacked.stderr}`);
      assert.deepEqual(list(join(bundle, 'rootfs')), [...names].sort(), title);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function list(root: string, below = ''): string[] {
  const names = readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isSymbolicLink()) return [`${path} -> ${readlinkSync(join(root, path))}`];
    return entry.isDirectory() ? [`${path}/`, ...list(root, path)] : [path];
  });
  return names.sort();
}

test('links resolve inside the root', async () => {
  const { tree } = await squash([
    [
      file('etc/real'),
      symlink('etc/os-release', '../usr/lib/os-release'),
      file('usr/lib/os-release'),
      symlink('up', '../../../etc'),
      symlink('loop', 'loop'),
      symlink('gone', 'nowhere'),
    ],
  ]);
  assert.equal(tree.resolve('etc/os-release')?.path, 'usr/lib/os-release');
  assert.equal(tree.resolve('up/real')?.path, 'etc/real');
  assert.equal(tree.resolve('loop'), undefined);
  assert.equal(tree.resolve('gone'), undefined);
  assert.equal(tree.get('etc/os-release')?.linkTarget, '../usr/lib/os-release');
});

test('a flood of marks costs no more than one', async () => {
  const files = Array.from({ length: 2000 }, (_, index) => file(`a/f${index}`));
  const marks = Array.from({ length: 20_000 }, () => opaque('a'));
  const started = performance.now();
  assert.deepEqual((await squash([files, marks])).names, ['a/']);
  assert.ok(performance.now() - started < 5000);
});

test('a flood of problems is counted', async () => {
  const { problems } = await squash([Array.from({ length: 3000 }, (_, index) => hardlink(`l${index}`, 'gone'))]);
  assert.equal(problems.length, 1001);
  assert.equal(problems.at(-1), 'too-many');
});

test('a link whose target is too long is skipped', async () => {
  const { names, problems } = await squash([[symlink('l', 'x'.repeat(70_000)), file('a')]]);
  assert.deepEqual([names, problems], [['a'], ['too-large']]);
});
