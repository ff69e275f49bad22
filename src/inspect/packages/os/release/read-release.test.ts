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
  [
    'etc/redhat-release',
    'Red Hat Enterprise Linux release 10.0 (Coughlan)\n',
    'rhel 10.0 - "Red Hat Enterprise Linux release 10.0 (Coughlan)"',
  ],
  ['etc/centos-release', 'CentOS Stream release 10 (Coughlan)\n', 'centos 10 - "CentOS Stream release 10 (Coughlan)"'],
  [
    'etc/os-release',
    'NAME="CentOS Stream"\nVERSION="9"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="9"\nPRETTY_NAME="CentOS Stream 9"\n',
    'centos 9 - "CentOS Stream 9"',
  ],
  ['etc/os-release', 'NAME="Scientific Linux"\nID="rhel"\nVERSION_ID="7.9"\n', 'scientific 7.9 - "Scientific Linux"'],
  [
    'etc/SuSE-release',
    'SUSE Linux Enterprise Server 12 (x86_64)\nVERSION = 12\nPATCHLEVEL = 3\n# os-release is newer\n',
    'sles 12.3 - "SUSE Linux Enterprise Server 12 (x86_64) SP3"',
  ],
  [
    'etc/SuSE-release',
    'SUSE Linux Enterprise Desktop 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 0\n',
    'sled 11 - "SUSE Linux Enterprise Desktop 11 (x86_64)"',
  ],
  [
    'etc/SuSE-release',
    'openSUSE 13.2 (x86_64)\nVERSION = 13.2\nCODENAME = Harlequin\n',
    'opensuse 13.2 harlequin "openSUSE 13.2 (x86_64)"',
  ],
  ['etc/SuSE-release', 'openSUSE 42.1 (x86_64)', 'opensuse 42.1 - "openSUSE 42.1 (x86_64)"'],
  ['etc/photon-release', 'VMware Photon OS 4.0\nPHOTON_BUILD_NUMBER=c6fe4a8\n', 'photon 4.0 - "VMware Photon OS 4.0"'],
  ['etc/lsb-release', 'DISTRIB_ID="VMware Photon OS"\nDISTRIB_RELEASE="4.0"\n', 'photon 4.0 - "-"'],
  ['etc/lsb-release', 'DISTRIB_ID="Mariner"\nDISTRIB_RELEASE="2.0.20240117"\n', 'mariner 2.0.20240117 - "-"'],
  ['etc/lsb-release', 'LSB_VERSION=base-4.0-amd64:base-4.0-noarch\n', ''],
  [
    'etc/mariner-release',
    'CBL-Mariner 2.0.20240117\nMARINER_BUILD_NUMBER=4b94b46\n',
    'mariner 2.0.20240117 - "CBL-Mariner 2.0.20240117"',
  ],
  [
    'etc/azurelinux-release',
    'Microsoft Azure Linux 3.0.20240727\n',
    'azurelinux 3.0.20240727 - "Microsoft Azure Linux 3.0.20240727"',
  ],
  [
    'etc/mageia-release',
    'Mageia release 9 (Official) for x86_64\n',
    'mageia 9 - "Mageia release 9 (Official) for x86_64"',
  ],
  [
    'etc/openEuler-release',
    'openEuler release 22.03 (LTS-SP3)\n',
    'openeuler 22.03 - "openEuler release 22.03 (LTS-SP3)"',
  ],
  ['etc/gentoo-release', 'Gentoo Base System release 2.14\n', 'gentoo 2.14 - "Gentoo Base System release 2.14"'],
  ['etc/slackware-version', 'Slackware 15.0\n', 'slackware 15.0 - "Slackware 15.0"'],
  ['etc/arch-release', '', 'arch - - "Arch Linux"'],
  [
    'etc/openwrt_release',
    "DISTRIB_ID='OpenWrt'\nDISTRIB_RELEASE='23.05.3'\nDISTRIB_DESCRIPTION='OpenWrt 23.05.3'\n",
    'openwrt 23.05.3 - "OpenWrt 23.05.3"',
  ],
  ['etc/devuan_version', 'daedalus\n', 'devuan - daedalus "Devuan daedalus"'],
  ['etc/devuan_version', '5.0\n', 'devuan 5 - "Devuan 5.0"'],
  ['etc/eurolinux-release', 'EuroLinux release 8.6 (Kyiv)\n', 'eurolinux 8.6 - "EuroLinux release 8.6 (Kyiv)"'],
  [
    'etc/redhat-release',
    'CloudLinux release 8.9 (Anatoly Filipchenko)\n',
    'cloudlinux 8.9 - "CloudLinux release 8.9 (Anatoly Filipchenko)"',
  ],
  ['etc/redhat-release', `CentOS ${'1'.repeat(60_000)}\n`, 'unknown-system'],
  ['etc/SuSE-release', `openSUSE\n${'VERSION '.repeat(8000)}`, 'unknown-system'],
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
