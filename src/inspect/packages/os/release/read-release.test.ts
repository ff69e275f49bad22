import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { release } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');

const cases: readonly (readonly [path: string, content: string, expected: string])[] = [
  ['etc/os-release', testdata('debian-11'), 'debian 11 bullseye "Debian GNU/Linux 11 (bullseye)"'],
  ['usr/lib/os-release', testdata('debian-8'), 'debian 8 jessie "Debian GNU/Linux 8 (jessie)"'],
  ['etc/os-release', testdata('debian-sid'), 'debian - trixie "Debian GNU/Linux trixie/sid"'],
  ['etc/os-release', testdata('alpine-3.19'), 'alpine 3.19.1 - "Alpine Linux v3.19"'],
  ['etc/os-release', testdata('ubuntu-22.04'), 'ubuntu 22.04 jammy "Ubuntu 22.04.3 LTS"'],
  ['etc/os-release', "ID='rocky'\r\nVERSION_ID='9.3'\r\n", 'rocky 9.3 - "-"'],
  ['etc/os-release', 'ID="a\\"b"', 'unknown-system'],
  ['etc/os-release', 'NAME=Mystery\n', 'unknown-system'],
  ['etc/os-release', '', ''],
  ['etc/os-release', '\0\xff\x01', 'unknown-system'],
  ['etc/debian_version', '11.6\n', 'debian 11 - "Debian 11.6"'],
  ['etc/debian_version', 'bookworm/sid\n', 'debian - bookworm "Debian bookworm/sid"'],
  ['etc/alpine-release', '3.19.1\n', 'alpine 3.19.1 - "alpine 3.19.1"'],
  [
    'etc/lsb-release',
    'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04\nDISTRIB_CODENAME=trusty\nDISTRIB_DESCRIPTION="Ubuntu 14.04.6 LTS"\n',
    'ubuntu 14.04 trusty "Ubuntu 14.04.6 LTS"',
  ],
  [
    'etc/centos-release',
    'CentOS Linux release 7.9.2009 (Core)\n',
    'centos 7.9.2009 - "CentOS Linux release 7.9.2009 (Core)"',
  ],
  [
    'etc/redhat-release',
    'Red Hat Enterprise Linux Server release 7.9 (Maipo)\n',
    'rhel 7.9 - "Red Hat Enterprise Linux Server release 7.9 (Maipo)"',
  ],
  ['etc/redhat-release', 'Rocky Linux release 9.3 (Blue Onyx)\n', 'rocky 9.3 - "Rocky Linux release 9.3 (Blue Onyx)"'],
  ['etc/fedora-release', 'Fedora release 39 (Thirty Nine)\n', 'fedora 39 - "Fedora release 39 (Thirty Nine)"'],
  ['etc/system-release', 'Amazon Linux release 2 (Karoo)\n', 'amzn 2 - "Amazon Linux release 2 (Karoo)"'],
  [
    'etc/redhat-release',
    'Red Hat Enterprise Linux release 9.3 (Plow)\n',
    'rhel 9.3 - "Red Hat Enterprise Linux release 9.3 (Plow)"',
  ],
  ['etc/centos-release', 'CentOS release 6.10 (Final)\n', 'centos 6.10 - "CentOS release 6.10 (Final)"'],
  ['etc/centos-release', 'CentOS Stream release 9\n', 'centos 9 - "CentOS Stream release 9"'],
  [
    'etc/almalinux-release',
    'AlmaLinux release 9.3 (Shamrock Pampas Cat)\n',
    'almalinux 9.3 - "AlmaLinux release 9.3 (Shamrock Pampas Cat)"',
  ],
  [
    'etc/alma-release',
    'AlmaLinux release 8.9 (Midnight Oncilla)\n',
    'almalinux 8.9 - "AlmaLinux release 8.9 (Midnight Oncilla)"',
  ],
  ['etc/oracle-release', 'Oracle Linux Server release 8.9\n', 'ol 8.9 - "Oracle Linux Server release 8.9"'],
  ['etc/system-release', 'Amazon Linux AMI release 2018.03\n', 'amzn 2018.03 - "Amazon Linux AMI release 2018.03"'],
  [
    'etc/system-release',
    'Amazon Linux release 2023 (Amazon Linux)\n',
    'amzn 2023 - "Amazon Linux release 2023 (Amazon Linux)"',
  ],
  [
    'etc/redhat-release',
    'Scientific Linux release 7.9 (Nitrogen)\n',
    'scientific 7.9 - "Scientific Linux release 7.9 (Nitrogen)"',
  ],
  ['etc/redhat-release', 'Something else\n', 'unknown-system'],
];

for (const [path, content, expected] of cases) {
  test(`${path}: ${expected || 'nothing'}`, async () => {
    const found = (await readFileBy(release, path, content)).map((item) => {
      if (item.kind !== 'system') return item.kind === 'problem' ? item.code : item.kind;
      const { id, versionId, codename, name } = item.system;
      return `${id} ${versionId ?? '-'} ${codename ?? '-'} "${name ?? '-'}"`;
    });
    assert.equal(found.join(), expected);
  });
}

/** The day after which there is no support, as a file says it. */
async function supportEndOf(line: string): Promise<string | undefined> {
  const [item] = await readFileBy(release, 'etc/os-release', `ID=fedora\nVERSION_ID=39\n${line}\n`);
  return item?.kind === 'system' ? item.system.supportEnd : assert.fail('no system was read');
}

test('the end of support that a distribution tells is read, and only if it is a day', async () => {
  assert.equal(await supportEndOf('SUPPORT_END=2024-11-12'), '2024-11-12');
  assert.equal(await supportEndOf('SUPPORT_END="2026-06-30"'), '2026-06-30');
  for (const text of ['', 'never', '2024-11', '2024-02-30', '99999-01-01', '2024-11-12T00:00:00Z', '-2024-11-12'])
    assert.equal(await supportEndOf(`SUPPORT_END=${text}`), undefined, text);
});
