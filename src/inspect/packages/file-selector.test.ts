import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cataloguer, FilePattern } from './cataloguer.ts';
import { FileSelector } from './file-selector.ts';

const cataloguer = (id: string, maxBytes: number, ...files: FilePattern[]): Cataloguer => ({
  id,
  version: 1,
  files,
  maxBytes,
  load: () => Promise.reject(new Error('not asked for')),
});

const selector = new FileSelector([
  cataloguer('exact', 10, { path: 'var/lib/dpkg/status' }),
  cataloguer('name', 20, { name: 'yarn.lock', test: (path) => !path.includes('node_modules/') }),
  cataloguer('suffix', 30, { suffix: '.list', folder: 'dpkg/info' }),
  cataloguer('end', 40, { pathSuffix: 'EGG-INFO/PKG-INFO' }),
  cataloguer('all', 50, { suffix: '', folder: 'status.d' }),
  cataloguer('second', 60, { name: 'yarn.lock' }),
]);

const cases: readonly (readonly [path: string, ids: string])[] = [
  ['var/lib/dpkg/status', 'exact'],
  ['x/var/lib/dpkg/status', ''],
  ['yarn.lock', 'name second'],
  ['srv/app/yarn.lock', 'name second'],
  ['srv/node_modules/a/yarn.lock', 'second'],
  ['srv/not-yarn.lock', ''],
  ['var/lib/dpkg/info/a.list', 'suffix'],
  ['dpkg/info/a.list', 'suffix'],
  ['xdpkg/info/a.list', ''],
  ['var/lib/dpkg/info/deeper/a.list', ''],
  ['a.list', ''],
  ['EGG-INFO/PKG-INFO', 'end'],
  ['lib/a.egg/EGG-INFO/PKG-INFO', 'end'],
  ['lib/xEGG-INFO/PKG-INFO', ''],
  ['lib/status.d/anything', 'all'],
  ['', ''],
];

for (const [path, ids] of cases) {
  test(`"${path}" is read by: ${ids || 'nobody'}`, () => {
    assert.equal(
      selector
        .select(path)
        .map(({ id }) => id)
        .join(' '),
      ids,
    );
  });
}

test('the largest bound counts', () => {
  assert.equal(selector.wants('srv/app/yarn.lock'), 60);
  assert.equal(selector.wants('other'), 0);
});
