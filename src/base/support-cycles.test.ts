import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRolling, supportKeyOf } from './support-cycles.ts';

const systemOf = (id: string, versionId?: string, name?: string) => ({
  id,
  idLike: [],
  path: 'etc/os-release',
  ...(versionId === undefined ? {} : { versionId }),
  ...(name === undefined ? {} : { name }),
});

const cases: readonly (readonly [id: string, versionId: string | undefined, key: string, name?: string])[] = [
  ['debian', '11', 'debian 11'],
  ['debian', '11.6', 'debian 11'],
  ['debian', undefined, '-'],
  ['ubuntu', '22.04', 'ubuntu 22.04'],
  ['ubuntu', '9.10', 'ubuntu 9.10'],
  ['alpine', '3.19.1', 'alpine-linux 3.19'],
  ['alpine', '3.21.0_alpha20240807', '-'],
  ['rhel', '9.4', 'rhel 9'],
  ['rhel', '10.0', 'rhel 10'],
  ['centos', '7.9.2009', 'centos 7', 'CentOS Linux release 7.9.2009 (Core)'],
  ['centos', '8', 'centos 8', 'CentOS Linux 8'],
  ['centos', '8', 'centos-stream 8', 'CentOS Stream 8'],
  ['centos', '9', 'centos-stream 9', 'CentOS Stream 9'],
  ['centos', '10', 'centos-stream 10'],
  ['rocky', '9.3', 'rocky-linux 9'],
  ['almalinux', '8.9', 'almalinux 8'],
  ['ol', '8.9', 'oracle-linux 8'],
  ['fedora', '39', 'fedora 39'],
  ['amzn', '2', 'amazon-linux 2'],
  ['amzn', '2023', 'amazon-linux 2023'],
  ['amzn', '2023.6.20241010', 'amazon-linux 2023'],
  ['amzn', '2018.03', 'amazon-linux 2018.03'],
  ['opensuse-leap', '15.6', 'opensuse 15.6'],
  ['opensuse', '42.3', 'opensuse 42.3'],
  ['sles', '15.5', 'sles 15.5'],
  ['sles', '12', 'sles 12.0'],
  ['sles', '16.0', 'sles 16.0'],
  ['sl-micro', '6.1', 'suse-linux-micro 6.1'],
  ['photon', '5.0', 'photon 5.0'],
  ['azurelinux', '3.0', '-'],
  ['mageia', '9', 'mageia 9'],
  ['openwrt', '23.05.3', 'openwrt 23.05'],
  ['openwrt', 'SNAPSHOT', '-'],
  ['postmarketos', 'v23.12', 'postmarketos 23.12'],
  ['debian', '1'.repeat(64), '-'],
  ['__proto__', '1', '-'],
];

for (const [id, versionId, expected, name] of cases)
  test(`${id} ${versionId ?? '-'} ${name ?? ''}: ${expected}`, () => {
    assert.equal(supportKeyOf(systemOf(id, versionId, name)) ?? '-', expected);
  });

test('distributions without releases are known as such', () => {
  for (const id of ['wolfi', 'chainguard', 'arch', 'gentoo', 'opensuse-tumbleweed'])
    assert.equal(isRolling(systemOf(id)), true);
  assert.equal(isRolling(systemOf('debian')), false);
});
