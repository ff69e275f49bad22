import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstOfEachSource, toSourceId, toSourcePurl } from './source-package.ts';
import { deb, npm } from './testdata/reports.ts';

const openssl = { name: 'openssl', version: '1.1.1k-1+deb11u1' };

test('a source package has the purl that its type gives it', () => {
  assert.equal(
    toSourcePurl(deb('libssl1.1', '1.1.1k-1+deb11u1', openssl)),
    'pkg:deb/debian/openssl@1.1.1k-1%2Bdeb11u1?arch=source&distro=debian-11',
  );
  const rpm = {
    ...deb('glibc-common', '2.34-60.el9'),
    type: 'rpm',
    purl: 'pkg:rpm/rocky/glibc-common@2.34-60.el9?arch=x86_64&distro=rocky-9&epoch=1',
    source: { name: 'glibc', version: '1:2.34-60.el9' },
  };
  assert.equal(toSourcePurl(rpm), 'pkg:rpm/rocky/glibc@2.34-60.el9?arch=src&distro=rocky-9&epoch=1');
});

test('a type without a purl for source packages has none, nor has what is no purl', () => {
  const item = deb('libcrypto3', '1', openssl);
  assert.equal(toSourcePurl({ ...item, type: 'apk' }), undefined);
  assert.equal(toSourcePurl({ ...item, purl: 'nonsense' }), undefined);
  assert.equal(toSourcePurl(deb('bash', '5')), undefined);
});

test('each source package is there once', () => {
  const packages = [deb('libssl1.1', '1', openssl), npm('a', '1'), deb('openssl', '1', openssl)];
  assert.deepEqual(
    [...firstOfEachSource(packages)].map(([id, first]) => [id, first.name]),
    [[toSourceId(packages[2]!), 'libssl1.1']],
  );
});
