import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codenames } from '../../../../base/codenames.ts';
import { distributionOf } from './distribution-of.ts';

const cases: readonly (readonly [namespace: string, distro: string | undefined, id: string, versionId?: string])[] = [
  ['debian', undefined, 'debian'],
  ['debian', 'debian', 'debian', ''],
  ['debian', 'debian-12.4', 'debian', '12.4'],
  ['debian', 'bullseye', 'debian', '11'],
  ['debian', 'debian-bookworm', 'debian', '12'],
  ['debian', 'jammy', 'debian', 'jammy'],
  ['debian', 'nemo', 'debian', 'nemo'],
  ['ubuntu', 'jammy', 'ubuntu', '22.04'],
  ['ubuntu', '22.04', 'ubuntu', '22.04'],
  ['alpine', '3.16.0', 'alpine', '3.16.0'],
  ['alpine', 'alpine-v3.16', 'alpine', '3.16'],
  ['alpine', 'alpine-3.20_alpha20240315', 'alpine', '3.20_alpha20240315'],
  ['wolfi', 'wolfi', 'wolfi', ''],
  ['redhat', undefined, 'rhel'],
  ['redhat', 'redhat-9.3', 'rhel', '9.3'],
  ['redhat', 'rhel-9.3', 'rhel', '9.3'],
  ['redhat', '9.3', 'rhel', '9.3'],
  ['alma', 'alma-9.3', 'almalinux', '9.3'],
  ['rocky-linux', 'rocky-9.3', 'rocky', '9.3'],
  ['amazon', 'amazon-2023', 'amzn', '2023'],
  ['opensuse', 'opensuse-leap-15.6', 'opensuse-leap', '15.6'],
  ['opensuse', 'opensuse-tumbleweed', 'opensuse-tumbleweed', ''],
  ['opensuse', 'opensuse-tumbleweed-20240101', 'opensuse-tumbleweed', '20240101'],
  ['suse', 'suse linux enterprise server-15.5', 'sles', '15.5'],
  ['vmware', 'photon-5.0', 'photon', '5.0'],
  ['fedora', 'fedora-25', 'fedora', '25'],
  ['debian', '-', 'debian', '-'],
  ['debian', '12-1', 'debian', '12-1'],
];
for (const [namespace, distro, id, versionId] of cases)
  test(`${namespace}, ${distro}`, () =>
    assert.deepEqual(distributionOf(namespace, distro), { id, ...(versionId === undefined ? {} : { versionId }) }));

test('a long one is cut', () => {
  const { id, versionId } = distributionOf('a'.repeat(9000), `${'b'.repeat(9000)}-1`);
  assert.ok(id.length <= 128 && versionId!.length <= 128);
});

test('codenames, as distro-info says them', () => {
  // debian-distro-info --series=sarge -r; ubuntu-distro-info --series=warty -r
  assert.equal(codenames.get('debian sarge'), '3.1');
  assert.equal(codenames.get('ubuntu noble'), '24.04');
  assert.equal(codenames.get('debian sid'), undefined);
  for (const [name, version] of codenames) assert.match(`${name} ${version}`, /^[a-z]+ [a-z]+ [\d.]+$/);
});
