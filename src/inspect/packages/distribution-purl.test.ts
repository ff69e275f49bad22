import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundPackage, OperatingSystem } from '../../base/model/package.ts';
import { parsePurl } from '../../base/purl.ts';
import { toDistributionPurl } from './distribution-purl.ts';

const system: OperatingSystem = { id: 'rhel', idLike: ['fedora'], versionId: '8.9', path: 'etc/os-release' };
const keel: FoundPackage = { kind: 'package', type: 'rpm', name: 'keel', version: '1.2-3.el8', state: 'installed' };

const cases: readonly (readonly [title: string, found: Partial<FoundPackage>, expected: string])[] = [
  ['bare', {}, 'pkg:rpm/redhat/keel@1.2-3.el8?distro=rhel-8.9'],
  [
    'all there is',
    {
      version: '2:1.2-3.el8',
      architecture: 'x86_64',
      source: { name: 'ship', version: '2:1.1-3.el8' },
      modularity: 'nodejs:16:8090:a75',
    },
    'pkg:rpm/redhat/keel@1.2-3.el8?arch=x86_64&distro=rhel-8.9&epoch=2&rpmmod=nodejs:16:8090:a75&upstream=ship-1.1-3.el8.src.rpm',
  ],
  ['an epoch of zero that is there', { version: '0:1-1' }, 'pkg:rpm/redhat/keel@1-1?distro=rhel-8.9&epoch=0'],
  ['marks', { version: '1~rc1^git2+3-1' }, 'pkg:rpm/redhat/keel@1~rc1%5Egit2%2B3-1?distro=rhel-8.9'],
  ['a colon that ends no epoch', { version: 'a:1-1' }, 'pkg:rpm/redhat/keel@a:1-1?distro=rhel-8.9'],
  // dpkg's epoch stays in the version, as the specification has it.
  ['dpkg', { type: 'deb', version: '1:2-3' }, 'pkg:deb/redhat/keel@1:2-3?distro=rhel-8.9'],
];

for (const [title, found, expected] of cases) {
  test(`purl of a distribution's package: ${title}`, () => {
    const purl = toDistributionPurl({ ...keel, ...found }, 'redhat', system);
    assert.equal(purl, expected);
    assert.ok(parsePurl(purl));
  });
}

test('without a system', () => {
  assert.equal(toDistributionPurl(keel, undefined, undefined), 'pkg:rpm/keel@1.2-3.el8');
});
