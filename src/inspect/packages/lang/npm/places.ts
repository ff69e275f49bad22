/** `package`: the top of a package that was unpacked for others to load. `project`: anything else outside such packages. */
export type ManifestPlace = 'package' | 'project';

/** Folders in which a package brings code of its tests, whole fake `node_modules` among it, that nothing loads. */
const testFolders = new Set(['test', 'tests', '__tests__', 'fixtures', '__fixtures__', 'testdata']);

/**
 * What a `package.json` describes, by its path; undefined for the many that describe no package: those deeper inside one
 * (markers such as `dist/esm/package.json`, templates, test fixtures).
 */
export function placeOf(path: string): ManifestPlace | undefined {
  const names = path.split('/');
  const stores = names.flatMap((_, index) => (isStore(names, index) ? [index] : []));
  const first = stores[0];
  if (first === undefined) return 'project';
  const last = stores.at(-1)!;
  const inside = names.slice(last + 1, -1);
  const isTop = inside.length === (inside[0]?.startsWith('@') ? 2 : 1) && !inside[0]!.startsWith('.');
  return isTop && !isInTests(names, first, last) ? 'package' : undefined;
}

/**
 * Whether a lock file is a project's. Published packages also carry lock files of their own development, which say nothing
 * of the image, and `node_modules/.package-lock.json` only repeats what the installed packages say of themselves.
 */
export function isProjectLock(path: string): boolean {
  return !path.split('/').some((_, index, names) => isStore(names, index));
}

/**
 * Whether the name at this index is a folder of packages: `node_modules` anywhere, or where Debian puts what it packages:
 * `usr/share/nodejs`, `usr/lib/nodejs`, `usr/lib/<triplet>/nodejs`.
 */
function isStore(names: readonly string[], index: number): boolean {
  const name = names[index];
  if (name === 'node_modules') return true;
  if (name !== 'nodejs' || names[0] !== 'usr') return false;
  return (index === 2 && (names[1] === 'share' || names[1] === 'lib')) || (index === 3 && names[1] === 'lib');
}

/** Whether a test folder of one package holds another. A package may well be called `test` itself. */
function isInTests(names: readonly string[], first: number, last: number): boolean {
  for (let index = first + 1; index < last; index++) {
    const isName = isStore(names, index - 1) || (names[index - 1]!.startsWith('@') && isStore(names, index - 2));
    if (testFolders.has(names[index]!) && !isName) return true;
  }
  return false;
}
