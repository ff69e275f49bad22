import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { readJar } from './read-jar.ts';

const testdata = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));

/** `name@version` of each package, and the code of each problem. */
function read(path: string, bytes: Uint8Array): string[] {
  return [...readJar({ path, content: accessBytes(bytes) }, defaultLimits)].map((item) => {
    if (item.kind === 'package') return `${item.name}@${item.version}`;
    assert.ok(item.kind === 'problem' && item.where.path === path);
    return item.code;
  });
}

test('an application says its libraries, and which of them say no group', () => {
  assert.deepEqual(read('srv/mast.jar', testdata('mast.jar')), [
    'unidentified',
    'mast@1.4.2',
    'ant@1.10.13',
    'org.apache.commons:commons-lang3@3.12.0',
    'org.apache.logging.log4j:log4j-core@2.14.1',
  ]);
});

test('archives in archives in archives are read, stored or deflated', () => {
  assert.deepEqual(read('fleet-2.0.ear', testdata('fleet.ear')), [
    'unidentified',
    'unidentified',
    'fleet@2.0',
    'org.apache.logging.log4j:log4j-core@2.14.1',
  ]);
});

test('what was shaded into an archive is found beside it', () => {
  assert.deepEqual(read('keel.jar', testdata('keel-0.3.1.jar')), [
    'org.example.ship:keel@0.3.1',
    'commons-io:commons-io@2.11.0',
    'org.apache.logging.log4j:log4j-api@2.14.1',
  ]);
});

test('an unpacked archive still says what it is', () => {
  const path = 'srv/META-INF/maven/org.example/keel/pom.properties';
  assert.deepEqual(read(path, Buffer.from('groupId=org.example\nartifactId=keel\nversion=1\n')), [
    'org.example:keel@1',
  ]);
  assert.deepEqual(read(path, Buffer.alloc(0)), ['unidentified']);
  assert.deepEqual(read(path, Buffer.alloc(1 << 20, 'a')), ['unidentified']);
});

test('what is no archive is a problem only if its name says that it is one', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('Rar!\x1a\x07'), Buffer.from('MThd')]) {
    assert.deepEqual(read('music.kar', bytes), []);
    assert.deepEqual(read('keel.jar', bytes), bytes.length === 0 ? ['unidentified'] : ['truncated', 'unidentified']);
  }
});

test('an archive that is cut off or altered anywhere gives less, and nothing is thrown', () => {
  const whole = testdata('mast.jar');
  for (let length = 0; length < whole.length; length += 61)
    assert.ok(length === 0 || read('mast.jar', whole.subarray(0, length)).includes('truncated'));
  for (let at = 0; at < whole.length; at += 7) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 0xff;
    read('mast.jar', changed);
  }
});

test('the bill of an application names what no archive in it does', () => {
  const bytes = testdata('spring.jar');
  assert.deepEqual(read('spring.jar', bytes), [
    'unidentified',
    'demo@1.0',
    'org.example:lamp@1.0.0',
    'io.netty:netty-codec-http2@4.1.76.Final',
    'org.example:tide@2.1.0',
  ]);
  const start = bytes.indexOf('META-INF/sbom') + 60;
  const damaged = Buffer.from(bytes).fill(0, start, start + 60);
  assert.deepEqual(read('spring.jar', damaged), ['malformed', 'unidentified', 'demo@1.0']);
});
