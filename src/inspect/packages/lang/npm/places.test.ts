import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileSelector } from '../../file-selector.ts';
import { npm } from './index.ts';
import { placeOf } from './places.ts';

const manifests = {
  package: [
    'node_modules/lodash/package.json',
    'app/node_modules/lodash/package.json',
    'app/node_modules/@hapi/hoek/package.json',
    'app/node_modules/mkdirp/node_modules/minimist/package.json',
    'app/node_modules/test/package.json',
    'app/node_modules/test/node_modules/ms/package.json',
    'app/node_modules/@scope/fixtures/node_modules/ms/package.json',
    'app/node_modules/cli/dist/node_modules/ms/package.json',
    'app/node_modules/.pnpm/lodash@4.17.15/node_modules/lodash/package.json',
    'app/node_modules/.bun/@hapi+hoek@8.2.3/node_modules/@hapi/hoek/package.json',
    'app/.yarn/unplugged/esbuild-npm-0.1.0-1234567890/node_modules/esbuild/package.json',
    'usr/local/lib/node_modules/npm/package.json',
    'test/app/node_modules/ms/package.json',
    'usr/share/nodejs/semver/package.json',
    'usr/share/nodejs/@npmcli/arborist/package.json',
    'usr/lib/nodejs/ms/package.json',
    'usr/lib/x86_64-linux-gnu/nodejs/bcrypt/package.json',
  ],
  project: ['package.json', 'app/package.json', 'opt/yarn-v1.22.19/package.json', 'srv/nodejs/site/package.json'],
  undefined: [
    'node_modules/package.json',
    'app/node_modules/@hapi/package.json',
    'app/node_modules/.cache/package.json',
    'app/node_modules/.ignored/lodash/package.json',
    'app/node_modules/lodash/dist/esm/package.json',
    'app/node_modules/lodash/test/fixtures/package.json',
    'app/node_modules/resolve/test/resolver/node_modules/deep/package.json',
    'app/node_modules/@scope/tool/__tests__/node_modules/ms/package.json',
    'usr/share/nodejs/rollup/dist/es/package.json',
    'usr/share/nodejs/resolve/test/node_modules/x/package.json',
  ],
};

test('which package.json describes a package', () => {
  for (const [place, paths] of Object.entries(manifests))
    for (const path of paths) assert.equal(String(placeOf(path)), place, path);
});

test('which lock files are read', () => {
  const selector = new FileSelector([npm]);
  const wants = (path: string) => selector.wants(path) > 0;
  const names = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'];
  for (const name of names) {
    assert.ok(wants(name) && wants(`app/${name}`), name);
    assert.ok(!wants(`app/node_modules/foo/${name}`), name);
    assert.ok(!wants(`usr/share/nodejs/foo/${name}`), name);
  }
  assert.ok(!wants('app/node_modules/.package-lock.json'));
  assert.ok(wants('app/package.json') && !wants('app/node_modules/a/test/package.json'));
});
