import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { Owners } from '../../owners.ts';
import { PackageList } from '../../package-list.ts';
import { java } from './index.ts';

const find = (path: string, content: string | Buffer) => readFileBy(java, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const guava = 'maven com.google.guava:guava 31.1-jre declared';

const files: Readonly<Record<string, readonly string[]>> = {
  'pom.xml': [
    'maven org.slf4j:slf4j-api 1.7.30 declared',
    'maven commons-io:commons-io 2.6 declared',
    'maven org.hamcrest:hamcrest-core 1.3 declared dev',
    'maven commons-lang:commons-lang 2.6 declared',
  ],
  'gradle.lockfile': [
    guava,
    'maven org.hamcrest:hamcrest-core 1.3 declared dev',
    'maven org.projectlombok:lombok 1.18.24 declared',
  ],
  'build.sbt.lock': [
    'maven org.typelevel:cats-core_2.13 2.6.1 declared',
    'maven org.scalatest:scalatest_2.13 3.2.9 declared dev',
  ],
  'maven_install.json': [guava, 'maven io.netty:netty-transport-native-epoll 4.1.77.Final declared'],
  'maven_install-1.json': [guava],
  'verification-metadata.xml': [guava, 'maven junit:junit 4.12 declared'],
  'libs.versions.toml': [
    'unpinned',
    'maven org.codehaus.groovy:groovy 3.0.5 declared',
    'maven org.apache.commons:commons-lang3 3.9 declared',
    guava,
    'maven io.netty:netty-handler 4.1.77.Final declared',
    'maven com.github.ben-manes.versions:com.github.ben-manes.versions.gradle.plugin 0.45.0 declared dev',
  ],
};
for (const [path, rows] of Object.entries(files))
  test(path, async () => assert.deepEqual(await read(path.replace('-1.json', '.json'), testdata(path)), rows));

test('purls have the group as their namespace', async () => {
  const list = new PackageList(undefined, new Owners([], (path) => path));
  for (const item of await find('gradle.lockfile', testdata('gradle.lockfile')))
    if (item.kind === 'package') list.add(item, { path: 'gradle.lockfile' });
  const [first] = list.toSorted();
  assert.equal(first?.purl, 'pkg:maven/com.google.guava/guava@31.1-jre');
  assert.equal(first.name, 'com.google.guava:guava');
});

test('which files', () => {
  const selector = new FileSelector([java]);
  const isRead = (path: string) => selector.wants(path) > 0;
  for (const path of [
    'a/buildscript-gradle.lockfile',
    'gradle/dependency-locks/compile.lockfile',
    'gradle/libs.versions.toml',
    'a/pom.xml',
  ])
    assert.ok(isRead(path), path);
  for (const path of ['WEB-INF/classes/META-INF/maven/g/a/pom.xml', 'a/verification-metadata.xml', 'a/b.lockfile'])
    assert.ok(!isRead(path), path);
});

/** The place of a property's value. */
const use = (name: string) => `\${${name}}`;
const dependency = (version: string) =>
  `<dependency><groupId>g</groupId><artifactId>a</artifactId>${version}</dependency>`;
const pom = (inside: string, around = '') => `<project>${around}<dependencies>${inside}</dependencies></project>`;
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  [
    'the version of the parent',
    'pom.xml',
    pom(dependency(`<version>${use('project.version')}</version>`), '<parent><version>7</version></parent>'),
    ['maven g:a 7 declared'],
  ],
  ['what only a parent knows', 'pom.xml', pom(dependency('')), ['unpinned']],
  ['a range', 'pom.xml', pom(dependency('<version>[1,2)</version>')), ['unpinned']],
  ['an unknown property', 'pom.xml', pom(dependency(`<version>${use('x')}</version>`)), ['unpinned']],
  [
    'properties in a ring',
    'pom.xml',
    pom(dependency(`<version>${use('x')}</version>`), `<properties><x>${use('y')}</x><y>${use('x')}</y></properties>`),
    ['unpinned'],
  ],
  [
    'properties that grow',
    'pom.xml',
    pom(dependency(`<version>${use('x')}</version>`), `<properties><x>${use('x').repeat(100)}</x></properties>`),
    ['unpinned'],
  ],
  ['scope system', 'pom.xml', pom(dependency('<version>1</version><scope>system</scope>')), []],
  [
    'no artifact',
    'pom.xml',
    pom('<dependency><groupId>g</groupId><version>1</version></dependency>'),
    ['incomplete 1'],
  ],
  ['no project', 'pom.xml', '<html/>', ['malformed']],
  ['empty', 'pom.xml', '', ['truncated 1']],
  ['entities', 'pom.xml', '<!DOCTYPE a [<!ENTITY b "bbbb">]><project/>', ['unsupported 1']],
  ['too deep', 'pom.xml', '<project>'.repeat(1000), ['too-deep 1']],
  ['of one configuration', 'gradle/dependency-locks/testCompile.lockfile', 'g:a:1\n', ['maven g:a 1 declared dev']],
  ['of the build', 'buildscript-gradle.lockfile', 'g:a:1=classpath\n', ['maven g:a 1 declared dev']],
  ['empty', 'gradle.lockfile', '', []],
  ['damage', 'gradle.lockfile', 'g:a\n\0\ng:a:1=x', ['malformed 1', 'malformed 2', 'maven g:a 1 declared']],
  ['long lines', 'gradle.lockfile', `g:a:1=${'x,'.repeat(1_000_000)}`, ['malformed 1']],
  ['empty', 'build.sbt.lock', '', ['truncated']],
  ['no list', 'build.sbt.lock', '{"lockVersion":1}', ['malformed']],
  [
    'wrong kinds',
    'build.sbt.lock',
    '{"lockVersion":2,"dependencies":[1,{"org":"g","name":"a","version":1}]}',
    ['unsupported', 'incomplete', 'incomplete'],
  ],
  ['no artifacts', 'maven_install.json', '{}', ['malformed']],
  [
    'wrong kinds',
    'maven_install.json',
    '{"artifacts":{"a":1,"g:a":1},"dependency_tree":{"dependencies":[1,{"coord":2}]}}',
    ['incomplete', 'incomplete', 'unpinned'],
  ],
  ['another element', 'gradle/verification-metadata.xml', '<a/>', ['malformed']],
  [
    'no name',
    'gradle/verification-metadata.xml',
    '<verification-metadata><components><component version="1"/></components></verification-metadata>',
    ['incomplete 1'],
  ],
  ['empty', 'libs.versions.toml', '', []],
  [
    'wrong kinds',
    'libs.versions.toml',
    '[libraries]\na = 1\nb = "g:a:1"\nc = { module = "g:c", version.ref = "__proto__" }',
    ['incomplete', 'unpinned', 'maven g:a 1 declared'],
  ],
  [
    'references in a ring',
    'libs.versions.toml',
    '[versions]\nx = { ref = "x" }\n[libraries]\na = { module = "g:a", version.ref = "x" }',
    ['unpinned'],
  ],
  ['cut off', 'libs.versions.toml', '[libraries]\na = "', ['malformed 2']],
];
for (const [title, path, content, rows] of cases)
  test(`${path}: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
