import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Descriptor, Platform } from '../base/model/image.ts';
import { choosePlatform, fitsPlatform, parsePlatform } from './platform.ts';

const native = process.arch === 'x64' ? 'amd64' : process.arch;

function entry(text: string | undefined, annotations?: Record<string, string>): Descriptor {
  const [os = '', architecture = '', variant] = text?.split('/') ?? [];
  return {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: `sha256:${'0'.repeat(64)}`,
    size: 1,
    ...(text === undefined ? {} : { platform: { os, architecture, ...(variant ? { variant } : {}) } }),
    ...(annotations ? { annotations } : {}),
  };
}

describe('choosePlatform', () => {
  const cases: [wanted: string | undefined, has: string[], chosen: string][] = [
    ['linux/arm64', ['linux/amd64', 'linux/arm64'], 'linux/arm64'],
    ['linux/arm64', ['linux/arm64/v8'], 'linux/arm64/v8'],
    ['linux/arm64/v8', ['linux/arm64'], 'linux/arm64'],
    ['linux/aarch64', ['linux/arm64'], 'linux/arm64'],
    ['linux/arm', ['linux/arm/v5', 'linux/arm/v7', 'linux/arm/v6'], 'linux/arm/v7'],
    ['linux/arm/v6', ['linux/arm/v5', 'linux/arm/v7', 'linux/arm/v6'], 'linux/arm/v6'],
    ['linux/arm/v8', ['linux/arm/v5', 'linux/arm/v7'], 'linux/arm/v7'],
    ['linux/arm', ['linux/arm/v8'], 'linux/arm/v8'],
    ['linux/amd64', ['linux/amd64/v3', 'linux/amd64/v2'], 'linux/amd64/v2'],
    ['linux/amd64', ['linux/amd64/v2', 'linux/amd64'], 'linux/amd64'],
    ['linux/amd64/v3', ['linux/amd64/v4', 'linux/amd64/v2', 'linux/amd64'], 'linux/amd64/v2'],
    ['windows/amd64', ['linux/amd64', 'windows/amd64'], 'windows/amd64'],
    [undefined, ['unknown/unknown', `linux/${native}`, 'linux/s390x'], `linux/${native}`],
    [undefined, ['windows/sparc64', 'unknown/unknown'], 'windows/sparc64'],
  ];
  for (const [wanted, has, chosen] of cases) {
    test(`${wanted ?? 'native'} of ${has.join(' ')} is ${chosen}`, () => {
      const found = choosePlatform(
        { manifests: has.map((text) => entry(text)) },
        wanted ? parsePlatform(wanted) : undefined,
        'it',
      );
      assert.deepEqual(found.platform, entry(chosen).platform);
    });
  }

  test('the only image is taken even without platform, beside its attestation', () => {
    const attestation = entry(undefined, { 'vnd.docker.reference.type': 'attestation-manifest' });
    assert.equal(choosePlatform({ manifests: [attestation, entry(undefined)] }, undefined, 'it').platform, undefined);
  });

  const refused: [Platform | undefined, (string | undefined)[], RegExp][] = [
    [undefined, [], /it has no image for linux\/.*It lists no image/],
    [undefined, ['unknown/unknown'], /lists no image/],
    [undefined, ['linux/sparc64', 'plan9/sparc64'], /It has: linux\/sparc64, plan9\/sparc64\. Choose with --platform/],
    [{ os: 'linux', architecture: 'amd64' }, ['linux/arm64'], /no image for linux\/amd64\. It has: linux\/arm64/],
    [{ os: 'linux', architecture: 'arm', variant: 'v6' }, ['linux/arm/v7'], /no image for linux\/arm\/v6/],
    [undefined, ['linux/\x1b[2J', 'plan9/x'], /linux\/\?\[2J/],
  ];
  for (const [wanted, has, message] of refused) {
    test(`nothing fits: ${has.length} entries, ${message}`, () => {
      const manifests = has.map((text) => entry(text));
      assert.throws(() => choosePlatform({ manifests }, wanted, 'it'), { code: 'reference-unreadable', message });
    });
  }
});

test('parsePlatform', () => {
  assert.deepEqual(parsePlatform('linux/amd64'), { os: 'linux', architecture: 'amd64' });
  assert.deepEqual(parsePlatform('Linux/x86_64'), { os: 'linux', architecture: 'amd64' });
  assert.deepEqual(parsePlatform('linux/armhf'), { os: 'linux', architecture: 'arm', variant: 'v7' });
  assert.deepEqual(parsePlatform('linux/arm/v6'), { os: 'linux', architecture: 'arm', variant: 'v6' });
  for (const text of [
    '',
    'linux',
    'linux/',
    '/amd64',
    'a/b/c/d',
    'linux/amd64 ',
    `linux/${'x'.repeat(33)}`,
    'linux/amd64\n',
  ])
    assert.equal(parsePlatform(text), undefined, JSON.stringify(text));
});

test('fitsPlatform compares variants only where both are said', () => {
  const wanted = { os: 'linux', architecture: 'arm', variant: 'v6' };
  assert.equal(fitsPlatform({ os: 'linux', architecture: 'arm' }, wanted), true);
  assert.equal(fitsPlatform({ os: 'linux', architecture: 'arm', variant: 'v5' }, wanted), true);
  assert.equal(fitsPlatform({ os: 'linux', architecture: 'arm', variant: 'v7' }, wanted), false);
  assert.equal(fitsPlatform({ os: 'linux', architecture: 'arm64' }, wanted), false);
});
