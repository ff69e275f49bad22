// Holds the tree to ARCHITECTURE.md: who may import whom, no rings, no forgotten plug-in, names with a subject.
import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');

/** A folder may import from itself and from those before it. */
const order = [
  'base',
  'documents',
  'image',
  'runtime',
  'inspect',
  'reach',
  'advise',
  'decide',
  'harden',
  'attest',
  'pipeline',
  'serve',
  'cli',
];
/** Within a folder that has an order of its own. */
const inner: Readonly<Record<string, readonly string[]>> = {
  base: ['model', 'bytes', 'versions', 'net'],
  image: ['registry', 'sources', 'tree', 'write'],
  advise: ['feeds', 'database', 'match'],
  inspect: ['packages', 'posture', 'secrets'],
  harden: ['plan', 'rewrite', 'prove'],
};
/** The library's door and the public types stand beside the folders and may import them all. */
const doors = ['index.ts'];

interface SourceFile {
  readonly path: string;
  readonly imports: readonly string[];
}

const files = globSync('**/*.ts', { cwd: src }).map((path) => readSource(path.split('\\').join('/')));
const production = files.filter(({ path }) => !path.endsWith('.test.ts'));

function readSource(path: string): SourceFile {
  const text = readFileSync(join(src, path), 'utf8');
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|\bimport\('([^']+)'\)|^import\s+'([^']+)'/gm),
  ];
  const imports = found.map((match) => match[1] ?? match[2] ?? match[3]!).filter((target) => target.startsWith('.'));
  return { path, imports: imports.map((target) => posix.join(dirname(path), target)) };
}

test('there is something to hold to the rules', () => {
  assert.ok(production.length > 40);
  assert.ok(production.flatMap(({ imports }) => imports).length > 100);
});

test('a folder imports only folders before it', () => {
  const wrong: string[] = [];
  for (const { path, imports } of production) {
    if (doors.includes(path)) continue;
    for (const target of imports) if (rank(target) > rank(path)) wrong.push(`${path} imports ${target}`);
  }
  assert.deepEqual(wrong, []);
});

function rank(path: string): number {
  const place = order.indexOf(path.split('/')[0]!);
  assert.ok(place >= 0, `${path} lies in no folder of the design`);
  return place;
}

test('inside a folder with parts, the parts keep their order', () => {
  const wrong: string[] = [];
  for (const { path, imports } of production) {
    const [folder, part] = path.split('/') as [string, string];
    const parts = inner[folder] ?? [];
    for (const target of imports) {
      const [targetFolder, targetPart] = target.split('/') as [string, string];
      if (folder !== targetFolder || !parts.includes(part) || !parts.includes(targetPart)) continue;
      if (parts.indexOf(targetPart) > parts.indexOf(part)) wrong.push(`${path} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('no ring of files, type imports included', () => {
  const imports = new Map(production.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    assert.ok(!above.includes(path), `a ring: ${[...above.slice(above.indexOf(path)), path].join(' > ')}`);
    if (done.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...above, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
});

test('every import leads to a file', () => {
  for (const { path, imports } of files)
    for (const target of imports) assert.ok(existsSync(join(src, target)), `${path} imports ${target}`);
});

const registries = [
  {
    folder: 'inspect/packages',
    depth: 2,
    list: 'inspect/packages/index.ts',
    object: /\bid: '([^']+)'/,
    wantsTestdata: true,
  },
  { folder: 'advise/feeds', depth: 1, list: 'advise/feeds/index.ts', object: /\bid: '([^']+)'/, wantsTestdata: false },
  { folder: 'documents', depth: 1, list: 'documents/index.ts', object: undefined, wantsTestdata: false },
];

for (const { folder, depth, list, object, wantsTestdata } of registries) {
  test(`every plug-in of ${folder} is in its list, under its own id`, () => {
    const listed = readFileSync(join(src, list), 'utf8');
    for (const plugin of foldersBelow(join(src, folder), depth)) {
      const id = relative(join(src, folder), plugin).split('\\').join('/');
      assert.match(listed, new RegExp(`'\\./${id}/`), `${id} is not in ${list}`);
      if (object !== undefined) assert.equal(readFileSync(join(plugin, 'index.ts'), 'utf8').match(object)?.[1], id);
      assert.ok(
        readdirSync(plugin, { recursive: true }).some((name) => String(name).endsWith('.test.ts')),
        `${id} has no test`,
      );
      if (wantsTestdata) assert.ok(existsSync(join(plugin, 'testdata')), `${id} has no testdata`);
    }
  });
}

function foldersBelow(path: string, depth: number): string[] {
  if (depth === 0) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testdata')
    .flatMap((entry) => foldersBelow(join(path, entry.name), depth - 1));
}

test('names have a subject', () => {
  const vague = files.filter(({ path }) =>
    /(?:^|\/)(?:utils?|helpers?|common|misc|shared|manager)(?:\/|\.ts$)/.test(path),
  );
  assert.deepEqual(
    vague.map(({ path }) => path),
    [],
  );
});

test('no file has grown past its idea', () => {
  const lengths = production.map(({ path }) => ({
    path,
    lines: readFileSync(join(src, path), 'utf8').split('\n').length,
  }));
  assert.deepEqual(
    lengths.filter(({ lines }) => lines > 400),
    [],
  );
  const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
  assert.ok(
    sorted[Math.floor(sorted.length / 2)]! <= 110,
    `half the files have over ${sorted[Math.floor(sorted.length / 2)]} lines`,
  );
});

test('only parts that need it use the network', () => {
  const allowed = /^(?:base\/net|image\/registry)\//;
  for (const { path } of production) {
    if (allowed.test(path)) continue;
    const text = readFileSync(join(src, path), 'utf8');
    assert.doesNotMatch(
      text,
      /from 'node:(?:http|https|net|tls|dgram|http2)'|\bfetch\(/,
      `${path} reaches the network by itself`,
    );
  }
});
