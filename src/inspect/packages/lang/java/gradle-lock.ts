import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { mavenListing, toMavenName } from './coordinates.ts';

const entry = /^([^\s:=]{1,200}):([^\s:=]{1,200}):([^\s:=]{1,200})(?:=(\S{0,9000}))?$/;
/** `testRuntimeClasspath`, `debugUnitTestCompileClasspath`, `annotationProcessor`. */
const forDevelopment =
  /^(?:test|annotationProcessor|kapt|checkstyle|jacoco|pmd|spotbugs|detekt)|Test|AnnotationProcessor/;

/**
 * Reads Gradle's lock file: `group:artifact:version=configurations`. Before Gradle 6.8 each configuration had a file of its own,
 * named after it, without the last part. https://docs.gradle.org/current/userguide/dependency_locking.html
 */
export function readGradleLock(file: OpenFile, limits: Limits): Iterable<Found> {
  return collectListed(file, mavenListing, readEntries(file), limits);
}

function* readEntries(file: OpenFile): Generator<Listed | Problem> {
  // What builds the build is not in what it builds.
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const isBuild = /^(?:buildscript|settings)-/.test(name);
  let line = 0;
  for (const row of readLines(decodeText(file))) {
    line++;
    if (row === '' || row.startsWith('#') || row.startsWith('empty=')) continue;
    const [, group, artifact, version, configurations = name] = entry.exec(row.slice(0, 10_000)) ?? [];
    if (version === undefined)
      yield problemOf(file, 'malformed', 'an entry is no package; it is missing from the result', line);
    else {
      const development = isBuild || configurations.split(',').every((text) => forDevelopment.test(text));
      yield { kind: 'listed', name: toMavenName(group, artifact), version, development, line };
    }
  }
}
