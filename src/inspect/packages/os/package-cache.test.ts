import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileSelector } from '../file-selector.ts';
import { debFile } from './deb-file/index.ts';
import { rpmFile } from './rpm-file/index.ts';

const selector = new FileSelector([debFile, rpmFile]);

test('packages that were downloaded to be installed are not listed as well', () => {
  for (const path of ['srv/a.deb', 'opt/b.rpm', 'home/u/var/cache/apt/archives/c.deb'])
    assert.ok(selector.wantsLarge(path));
  for (const path of ['var/cache/apt/archives/a.deb', 'var/cache/dnf/baseos-1/packages/b.rpm', 'var/cache/yum/x/c.rpm'])
    assert.equal(selector.wantsLarge(path), 0);
});
