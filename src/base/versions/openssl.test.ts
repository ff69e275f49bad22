import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openssl } from './openssl.ts';
import { compareBy } from './order.ts';

test('letters, and pre-releases of each time', () => {
  const versions =
    `0.9.8 0.9.8a 0.9.8z 0.9.8za 0.9.8zh 1.0.0-beta1 1.0.0-beta5 1.0.0 1.0.2zk 1.1.1-pre1 1.1.1-pre9 1.1.1 1.1.1w
    3.0.0-dev 3.0.0-alpha1 3.0.0-alpha2-dev 3.0.0-alpha2 3.0.0-alpha17 3.0.0-beta1 3.0.0-beta2 3.0.0 3.0.2 3.0.13 3.1.0`.split(
      /\s+/,
    );
  assert.deepEqual(
    versions.toReversed().sort((a, b) => compareBy(openssl, a, b)!),
    versions,
  );
});

test('what a builder adds does not count', () => {
  assert.equal(compareBy(openssl, '1.0.2k-fips', '1.0.2k'), 0);
  assert.equal(compareBy(openssl, '3.0.2+quic', '3.0.2'), 0);
});

test('what is no version of OpenSSL', () => {
  for (const text of ['1.1', '1.1.1W', '1.1.1abc', '1.1.1-1', '1.1.1 w', 'OpenSSL 1.1.1w', '3.0.0-alpha', '3.0.0.1'])
    assert.equal(openssl.parse(text), undefined, text);
});
