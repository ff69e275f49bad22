import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readJdk } from './read-jdk.ts';

const testdata = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));

function read(bytes: Uint8Array): string[] {
  return [...readJdk({ path: 'opt/java/release', bytes })].map((item) =>
    item.kind === 'package'
      ? `${item.name}@${item.version} by ${item.maintainer ?? 'nobody'}`
      : item.kind === 'problem'
        ? item.code
        : item.kind,
  );
}

const cases: readonly (readonly [title: string, bytes: Buffer, found: readonly string[]])[] = [
  ["Debian's", testdata('debian.release'), ['openjdk@17.0.15 by Debian']],
  ["Temurin's", testdata('temurin.release'), ['openjdk@25.0.3 by Eclipse Adoptium']],
  ['of Java 8', Buffer.from('JAVA_VERSION="1.8.0_392"\r\n'), ['openjdk@1.8.0_392 by nobody']],
  ["Oracle's", Buffer.from('BUILD_TYPE="commercial"\nJAVA_VERSION="1.8.0_391"\n'), ['java@1.8.0_391 by nobody']],
  ['of no number', Buffer.from('JAVA_VERSION="x y"\n'), ['unknown-version']],
  ['cut off', testdata('debian.release').subarray(0, 40), []],
  ['of something else', Buffer.from('NAME=keel\n'), []],
  ['in UTF-16', Buffer.from('JAVA_VERSION="17"', 'utf16le'), []],
  ['empty', Buffer.alloc(0), []],
  ['large', Buffer.alloc(64 << 10, '\nA=1'), []],
];

for (const [title, bytes, found] of cases)
  test(`a release file ${title}`, () => {
    assert.deepEqual(read(bytes), found);
  });
