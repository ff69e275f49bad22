import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, ecosystemOf, ecosystemOfPackage, ecosystems } from './ecosystems.ts';
import type { OperatingSystem } from './model/package.ts';

function system(id: string, versionId?: string): OperatingSystem {
  return { id, idLike: [], path: 'etc/os-release', ...(versionId === undefined ? {} : { versionId }) };
}

test('the table is frozen, and no two rows are one another', () => {
  assert.ok(Object.isFrozen(ecosystems));
  assert.equal(new Set(ecosystems.map(({ osv }) => osv)).size, ecosystems.length);
  const claims = ecosystems.flatMap(({ purlType, distributions = ['any'] }) =>
    distributions.map((id) => `${purlType} ${id}`),
  );
  assert.equal(new Set(claims).size, claims.length);
});

test('a row by OSV name', () => {
  assert.equal(ecosystemOf('Debian')?.osv, 'Debian');
  assert.equal(ecosystemOf('Debian:11')?.osv, 'Debian');
  assert.equal(ecosystemOf('Ubuntu:Pro:16.04:LTS')?.osv, 'Ubuntu');
  assert.equal(ecosystemOf('npm')?.purlType, 'npm');
  for (const name of ['', ':', ':11', 'debian', 'Debian 11', 'constructor', '__proto__', 'Nix']) {
    assert.equal(ecosystemOf(name), undefined, name);
  }
});

test('a row by package and system', () => {
  for (const [type, id, osv] of [
    ['deb', 'debian', 'Debian'],
    ['deb', 'ubuntu', 'Ubuntu'],
    ['apk', 'alpine', 'Alpine'],
    ['apk', 'wolfi', 'Wolfi'],
    ['apk', 'chainguard', 'Chainguard'],
    ['npm', 'debian', 'npm'],
    ['npm', undefined, 'npm'],
    ['pypi', undefined, 'PyPI'],
    ['deb', undefined, undefined],
    ['deb', 'alpine', undefined],
    ['deb', 'raspbian', undefined],
    ['deb', 'linuxmint', undefined],
    ['apk', 'postmarketos', undefined],
    ['rpm', 'debian', undefined],
    ['', '', undefined],
  ] as const) {
    assert.equal(ecosystemOfPackage(type, id === undefined ? undefined : system(id))?.osv, osv, `${type} on ${id}`);
  }
});

test('releases as OSV names them', () => {
  for (const [osv, versionId, release] of [
    ['Debian', '11', '11'],
    ['Debian', '12.5', '12'],
    ['Debian', '6.0.10', '6.0'],
    ['Debian', '3.1', '3.1'],
    ['Debian', '6', undefined],
    ['Debian', undefined, undefined],
    ['Debian', 'sid', undefined],
    ['Debian', '11; rm', undefined],
    ['Ubuntu', '22.04', '22.04:LTS'],
    ['Ubuntu', '22.04.3', '22.04:LTS'],
    ['Ubuntu', '23.10', '23.10'],
    ['Ubuntu', '23.04', '23.04'],
    ['Ubuntu', '24.10', '24.10'],
    ['Ubuntu', '22', undefined],
    ['Alpine', '3.19.1', 'v3.19'],
    ['Alpine', '3.19', 'v3.19'],
    ['Alpine', '3.20_alpha20240315', undefined],
    ['Alpine', 'edge', undefined],
    ['Alpine', '3', undefined],
    ['Alpine', '9'.repeat(100_000), undefined],
  ] as const) {
    assert.equal(
      ecosystemOf(osv)?.release?.(system(osv.toLowerCase(), versionId)),
      release,
      `${osv} ${versionId?.slice(0, 20)}`,
    );
  }
  assert.equal(ecosystemOf('Wolfi')?.release, undefined);
});

test('names as they are compared', () => {
  assert.equal(ecosystemOf('PyPI')?.normaliseName('My.PyPI_.--._Package'), 'my-pypi-package');
  assert.equal(ecosystemOf('npm')?.normaliseName('JSONStream'), 'JSONStream');
  assert.equal(ecosystemOf('Debian')?.normaliseName('libstdc++6'), 'libstdc++6');
});

test('versions by ecosystem', () => {
  assert.equal(compareVersions('Debian', '1.0~rc1', '1.0'), -1);
  assert.equal(compareVersions('Debian:11', '1:1.0', '2.0'), 1);
  assert.equal(compareVersions('Ubuntu:22.04:LTS', '1.0', '1.0-0'), 0);
  assert.equal(compareVersions('Alpine:v3.19', '1.0_rc1', '1.0'), -1);
  assert.equal(compareVersions('npm', '1.0.0-rc.1', '1.0.0'), -1);
  assert.equal(compareVersions('PyPI', '1.0.post1', '1.0'), 1);
  assert.equal(compareVersions('npm', '1.0', '1.0.0'), undefined);
  assert.equal(compareVersions('PyPI', '1.0', '2004d'), undefined);
  assert.equal(compareVersions('Nix', '1.0', '1.0'), undefined);
  assert.equal(compareVersions('npm', '', ''), undefined);
});
