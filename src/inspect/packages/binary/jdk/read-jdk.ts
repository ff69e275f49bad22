import type { Found, OpenFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';

const maxImplementorLength = 200;

/** Reads the `release` file of a Java runtime; other files of that name say nothing of Java. */
export function* readJdk(file: OpenFile): Generator<Found> {
  const fields = readFields(file.bytes);
  const version = fields.get('JAVA_VERSION');
  if (version === undefined) return;
  if (!/^\d[\w.+-]{0,99}$/.test(version)) {
    yield problemOf(
      file,
      'unknown-version',
      `its Java says that its version is ${JSON.stringify(version.slice(0, 60))}`,
    );
    return;
  }
  const maintainer = fields.get('IMPLEMENTOR')?.slice(0, maxImplementorLength);
  // Oracle's own builds, which are not those of OpenJDK.
  const name = fields.get('BUILD_TYPE') === 'commercial' ? 'java' : 'openjdk';
  yield { kind: 'package', type: 'generic', name, version, state: 'installed', ...(maintainer ? { maintainer } : {}) };
}

/** `NAME="value"` on each line. */
function readFields(bytes: Uint8Array): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').split(/\r?\n/)) {
    const equals = line.indexOf('=');
    if (equals > 0) fields.set(line.slice(0, equals), line.slice(equals + 1).replace(/^"(.*)"$/, '$1'));
  }
  return fields;
}
