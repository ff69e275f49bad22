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
    ['rpm', 'rhel', 'Red Hat'],
    ['rpm', 'mariner', 'Azure Linux'],
    ['rpm', 'opensuse-tumbleweed', 'openSUSE'],
    ['maven', 'rhel', 'Maven'],
    ['golang', undefined, 'Go'],
    ['rpm', undefined, undefined],
    ['rpm', 'centos', undefined],
    ['rpm', 'fedora', undefined],
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
    ['Red Hat', '9.4', '9'],
    ['Red Hat', 'rawhide', undefined],
    ['AlmaLinux', '8.10', '8'],
    ['Rocky Linux', '9.3', '9'],
    ['Photon OS', '5.0', '5.0'],
    ['Photon OS', '5', undefined],
    ['Mageia', '9', '9'],
    ['Azure Linux', '3.0', '3'],
    ['SUSE', '15.5', '15 SP5'],
    ['SUSE', '15', '15'],
    ['SUSE', '12.0', '12'],
    ['SUSE', undefined, undefined],
  ] as const) {
    assert.equal(
      ecosystemOf(osv)?.release?.(system(osv.toLowerCase(), versionId)),
      release,
      `${osv} ${versionId?.slice(0, 20)}`,
    );
  }
  assert.equal(ecosystemOf('Wolfi')?.release, undefined);
});

test('releases that the version alone does not tell', () => {
  for (const [osv, id, versionId, name, release] of [
    ['openSUSE', 'opensuse-leap', '15.6', 'openSUSE Leap 15.6', 'Leap 15.6'],
    ['openSUSE', 'opensuse-leap-micro', '5.5', 'openSUSE Leap Micro 5.5', 'Leap Micro 5.5'],
    ['openSUSE', 'opensuse-tumbleweed', '20240301', 'openSUSE Tumbleweed', 'Tumbleweed'],
    ['openSUSE', 'opensuse-leap', 'x', 'openSUSE Leap', undefined],
    ['openEuler', 'openeuler', '24.03', 'openEuler 24.03 (LTS)', '24.03-LTS'],
    ['openEuler', 'openeuler', '22.03', 'openEuler 22.03 (LTS-SP3)', '22.03-LTS-SP3'],
    ['openEuler', 'openeuler', '23.09', 'openEuler 23.09', '23.09'],
    ['openEuler', 'openeuler', '', 'openEuler 23.09', undefined],
  ] as const) {
    assert.equal(ecosystemOf(osv)?.release?.({ ...system(id, versionId), name }), release, name);
  }
});

test('releases of advisories, where a system cannot tell which part of one a package is from', () => {
  for (const [osv, suffix, release] of [
    ['Red Hat', 'enterprise_linux:9::appstream', '9'],
    ['Red Hat', 'enterprise_linux:8::baseos', '8'],
    ['Red Hat', 'enterprise_linux:10.0', '10'],
    ['Red Hat', 'rhel_eus:9.2::appstream', 'rhel_eus:9.2::appstream'],
    ['Red Hat', 'openshift:4.9::el8', 'openshift:4.9::el8'],
    ['Red Hat', '', ''],
    ['SUSE', 'Linux Enterprise Module for Basesystem 15 SP5', '15 SP5'],
    ['SUSE', 'Linux Enterprise Server 15 SP3-LTSS', '15 SP3'],
    ['SUSE', 'Linux Enterprise Server LTSS Extended Security 12 SP5', '12 SP5'],
    ['SUSE', 'Linux Enterprise High Performance Computing 15 SP3-ESPOS', '15 SP3'],
    ['SUSE', 'Linux Enterprise Live Patching 15 SP5', 'Linux Enterprise Live Patching 15 SP5'],
    ['SUSE', 'Linux Enterprise Micro 5.5', 'Linux Enterprise Micro 5.5'],
    ['SUSE', 'Linux Enterprise Real Time 15 SP5', 'Linux Enterprise Real Time 15 SP5'],
  ] as const) {
    assert.equal(ecosystemOf(osv)?.advisoryRelease?.(suffix), release, suffix);
  }
});

test('names as they are compared', () => {
  assert.equal(ecosystemOf('PyPI')?.normaliseName('My.PyPI_.--._Package'), 'my-pypi-package');
  assert.equal(ecosystemOf('npm')?.normaliseName('JSONStream'), 'JSONStream');
  assert.equal(ecosystemOf('Debian')?.normaliseName('libstdc++6'), 'libstdc++6');
  for (const [osv, name, compared] of [
    ['Maven', 'org.springframework/spring-core', 'org.springframework:spring-core'],
    ['Maven', 'org.springframework:spring-core', 'org.springframework:spring-core'],
    ['NuGet', 'Newtonsoft.Json', 'newtonsoft.json'],
    ['Packagist', 'Sylius/Sylius', 'sylius/sylius'],
    ['Go', 'github.com/Masterminds/semver', 'github.com/Masterminds/semver'],
    ['Pub', 'Shelf-Static', 'shelf_static'],
    ['SwiftURL', 'https://github.com/vapor/Vapor.git', 'github.com/vapor/vapor'],
    ['SwiftURL', 'git@github.com:vapor/vapor.git', 'github.com/vapor/vapor'],
    ['SwiftURL', 'ssh://git@example.org/a/b/', 'example.org/a/b'],
    ['SwiftURL', 'github.com/vapor/vapor', 'github.com/vapor/vapor'],
    ['crates.io', 'openssl-sys', 'openssl-sys'],
  ] as const) {
    assert.equal(ecosystemOf(osv)?.normaliseName(name), compared);
  }
});

test('names as purl writes them', () => {
  for (const [type, name, written] of [
    ['rpm', 'ImageMagick', 'ImageMagick'],
    ['golang', 'Masterminds', 'masterminds'],
    ['composer', 'Sylius', 'sylius'],
    ['hex', 'Samly', 'samly'],
    ['pub', 'Shelf-Static', 'shelf_static'],
    ['bitnami', 'Apache', 'apache'],
    ['nuget', 'Newtonsoft.Json', 'Newtonsoft.Json'],
    ['cran', 'A3', 'A3'],
    ['hackage', 'AC-HalfInteger', 'AC-HalfInteger'],
    ['gem', 'RedCloth', 'RedCloth'],
  ] as const) {
    assert.equal(ecosystems.find(({ purlType }) => purlType === type)?.purlName(name), written, type);
  }
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
  for (const [osv, a, b] of [
    ['Red Hat:enterprise_linux:9::baseos', '1.0~rc1-1.el9', '1.0-1.el9'],
    ['AlmaLinux:8', '2.0-1.el8', '1:1.0-1.el8'],
    ['Rocky Linux:9', '0:1.0-1.el9_2', '1.0-1.el9_10'],
    ['Photon OS:5.0', '1.0-9.ph5', '1.0-10.ph5'],
    ['openSUSE:Leap 15.6', '1.0-150600.1', '1.0^git1-150600.1'],
    ['SUSE:Linux Enterprise Server 15 SP5', '1.0a-1', '1.0.1-1'],
    ['Mageia:9', '1.9-1.mga9', '1.10-1.mga9'],
    ['openEuler:24.03-LTS', '1.0-1.oe2403', '1.0-2.oe2403'],
    ['Azure Linux:3', '1.0-1.azl3', '1.0-1.azl3_1'],
    ['Maven', '1.0-SNAPSHOT', '1.0'],
    ['RubyGems', '1.0.0.rc1', '1.0.0'],
    ['Packagist', '1.0.0-beta2', '1.0.0-RC1'],
    ['NuGet', '1.0.0.9', '1.0.0.10'],
    ['crates.io', '1.0.0-alpha.9', '1.0.0-alpha.10'],
    ['Go', '1.0.0-0.20240101120000-abcdefabcdef', 'v1.0.0'],
    ['Hex', '1.0.0-rc.1', '1.0.0'],
    ['Pub', '1.0.0', '1.0.0+1'],
    ['Hackage', '1.0', '1.0.0'],
    ['GHC', '9.2.8', '9.10.1'],
    ['CRAN', '1.0-4', '1.0-10'],
    ['ConanCenter', '1.1.1k', '3.0.0'],
    ['Bitnami', '1.0.0', '1.0.0-1'],
    ['Julia', '3.0.8+0', '3.0.8+1'],
    ['SwiftURL', '1.0.0-beta', '1.0.0'],
  ] as const) {
    assert.equal(compareVersions(osv, a, b), -1, `${osv}: ${a} < ${b}`);
    assert.equal(compareVersions(osv, b, a), 1, `${osv}: ${b} > ${a}`);
    assert.equal(compareVersions(osv, a, ''), undefined, osv);
    assert.equal(compareVersions(osv, '\0', b), undefined, osv);
  }
  for (const [osv, unreadable] of [
    ['RubyGems', '1.0_1'],
    ['Packagist', 'dev-main'],
    ['NuGet', '1.0.0.0.0'],
    ['crates.io', '1.0'],
    ['Go', '1.0.0.0'],
    ['Hex', '1.0'],
    ['Pub', '1.0'],
    ['Hackage', '1.a'],
    ['CRAN', '1'],
    ['Bitnami', 'nightly.2026-03-10.0'],
    ['Julia', '1..0'],
    ['SwiftURL', '1.0'],
  ] as const) {
    assert.equal(compareVersions(osv, unreadable, '1.0.0'), undefined, `${osv}: ${unreadable}`);
    assert.equal(compareVersions(osv, '1.0.0', unreadable), undefined, `${osv}: ${unreadable}`);
  }
  assert.equal(compareVersions('npm', '', ''), undefined);
});

test('distributions that scanners name: what their packages are compared with, if anything', () => {
  const ecosystemFor = (type: string, id: string) => ecosystemOfPackage(type, { id, idLike: [], path: '' })?.osv;
  for (const [type, ids, osv] of [
    ['deb', 'debian', 'Debian'],
    ['deb', 'ubuntu', 'Ubuntu'],
    ['deb', 'echo', 'Echo'],
    ['deb', 'raspbian devuan linuxmint kali secureos', undefined],
    ['apk', 'alpine', 'Alpine'],
    ['apk', 'wolfi', 'Wolfi'],
    ['apk', 'chainguard', 'Chainguard'],
    ['apk', 'minimos', 'MinimOS'],
    ['apk', 'postmarketos', undefined],
    ['rpm', 'rhel', 'Red Hat'],
    ['rpm', 'almalinux', 'AlmaLinux'],
    ['rpm', 'rocky', 'Rocky Linux'],
    ['rpm', 'opensuse-leap opensuse-tumbleweed', 'openSUSE'],
    ['rpm', 'sles sled', 'SUSE'],
    ['rpm', 'photon', 'Photon OS'],
    ['rpm', 'azurelinux mariner', 'Azure Linux'],
    ['rpm', 'centos fedora ol amzn scientific eurolinux bottlerocket sle-micro sl-micro hummingbird', undefined],
    ['alpm', 'arch', undefined],
    ['ebuild', 'gentoo', undefined],
  ] as const)
    for (const id of ids.split(' ')) assert.equal(ecosystemFor(type, id), osv, id);
});
