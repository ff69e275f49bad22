import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupOfBundle } from './bundle-group.ts';
import { parseFileName } from './file-name.ts';
import { parseManifest } from './manifest.ts';
import { coordinatesOf } from './manifest-coordinates.ts';
import { parsePomProperties } from './pom-properties.ts';

for (const [stem, artifact, version, ...versions] of [
  ['log4j-core-2.14.1', 'log4j-core', '2.14.1'],
  ['log4j-1.2-api-2.14.1', 'log4j-1.2-api', '2.14.1'],
  ['guava-31.1-jre', 'guava', '31.1-jre'],
  ['spring-core-5.3.0.RELEASE', 'spring-core', '5.3.0.RELEASE'],
  ['akka-actor_2.13-2.6.20', 'akka-actor_2.13', '2.6.20'],
  ['keel-1.0-20240101.120000-3', 'keel', '1.0-20240101.120000-3'],
  ['keel-1.0-rc-2', 'keel', '1.0-rc-2'],
  ['keel-1.0-SNAPSHOT', 'keel', '1.0-SNAPSHOT'],
  ['netty-epoll-4.1.94.Final-linux-x86_64', 'netty-epoll', '4.1.94.Final', '4.1.94.Final'],
  ['servlet-api-2.5-6.1.14', 'servlet-api-2.5', '6.1.14', '6.1.14'],
  ['org.eclipse.osgi_3.18.0.v20220516-2155', 'org.eclipse.osgi', '3.18.0.v20220516-2155'],
  ['keel', 'keel', undefined, '1.0'],
  ['keel-jdk', 'keel-jdk', undefined],
  ['-1.0', '-1.0', undefined],
  ['', '', undefined],
] as const)
  test(`${stem || 'nothing'} is ${artifact} ${version ?? 'of no version'}`, () => {
    assert.deepEqual({ version: undefined, ...parseFileName(stem, versions) }, { artifact, version });
  });

// Names as the bundles of Maven Central have them.
for (const [bundle, artifact, group] of [
  ['org.apache.commons.lang3', 'commons-lang3', 'org.apache.commons'],
  ['org.apache.logging.log4j.core', 'log4j-core', 'org.apache.logging.log4j'],
  ['com.fasterxml.jackson.core.jackson-databind', 'jackson-databind', 'com.fasterxml.jackson.core'],
  ['slf4j.api', 'slf4j-api', undefined],
  ['org.apache.tomcat-embed-core', 'tomcat-embed-core', undefined],
  ['com.google.guava', 'guava', undefined],
  ['bcprov', 'bcprov', undefined],
  ['org.eclipse.osgi', 'org.eclipse.osgi', undefined],
  ['', '', undefined],
] as const)
  test(`bundle ${bundle || 'without name'} of ${artifact || 'nothing'} is of ${group ?? 'nobody knows whom'}`, () => {
    assert.equal(groupOfBundle(bundle, artifact), group);
  });

test('a manifest ends with its main section, and its lines go on behind a space', () => {
  const manifest = parseManifest(
    Buffer.from(
      '\ufeffManifest-Version: 1.0\r\nBundle-Name: ke\r\n el\r\n  two\r\n: x\r\ny\r\n\r\nName: a\r\nB: c\r\n',
    ),
  );
  assert.deepEqual(
    [...manifest],
    [
      ['manifest-version', '1.0'],
      ['bundle-name', 'keel two'],
    ],
  );
  assert.deepEqual([...parseManifest(Buffer.alloc(0))], []);
});

for (const [title, stem, lines, expected] of [
  ['NiFi', 'x', 'Nar-Group: org.example.nifi\nNar-Id: keel-nar\nNar-Version: 1.2', 'org.example.nifi:keel-nar@1.2'],
  ['Jenkins', 'keel', 'Group-Id: org.example\nShort-Name: keel\nPlugin-Version: 1.2 (private)', 'org.example:keel@1.2'],
  ['a vendor id', 'keel-1.2', 'Implementation-Vendor-Id: org.example', 'org.example:keel@1.2'],
  ['a version with words behind', 'keel', 'Implementation-Version: 1.2.3 (build 4)', 'undefined:keel@1.2.3'],
  [
    'a title that is a name',
    'app',
    'Implementation-Title: keel-top\nImplementation-Version: 1',
    'undefined:keel-top@1',
  ],
  ['a title that is none', 'app', 'Implementation-Title: The Keel\nImplementation-Version: 1', 'undefined:app@1'],
  ['no version', 'keel', 'Implementation-Title: keel\nImplementation-Version: unspecified', undefined],
] as const)
  test(`a manifest with ${title}`, () => {
    const found = coordinatesOf(stem, parseManifest(Buffer.from(lines)));
    assert.equal(found && `${found.group}:${found.artifact}@${found.version}`, expected);
  });

test('pom.properties are read as Java reads properties', () => {
  const read = (text: string) => parsePomProperties(Buffer.from(text));
  const expected = { group: 'org.example', artifact: 'keel', version: '1.0:b' };
  assert.deepEqual(read('#a\r\n version = 1.0\\:b\r\ngroupId:org\\u002eexample\rartifactId=keel'), expected);
  assert.equal(read('version=$' + '{revision}\ngroupId=a\nartifactId=b'), undefined);
  assert.equal(read(''), undefined);
});
