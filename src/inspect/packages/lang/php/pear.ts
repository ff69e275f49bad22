import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { type PhpValue, parseSerialized } from './serialized.ts';

/** A record lists every file of its package; the largest packages have some thousands. */
const maxValues = 500_000;

/**
 * Reads the record of a package that PEAR or PECL installed. The channel is a part of the name: `pecl.php.net/redis`.
 * https://pear.php.net/manual/en/guide.developers.package2.php
 */
export function* readPear(file: OpenFile, limits: Limits): Generator<Found> {
  const { buffer, byteOffset, byteLength } = file.bytes;
  const record = parseSerialized(Buffer.from(buffer, byteOffset, byteLength), { maxDepth: limits.maxDepth, maxValues });
  if (!(record instanceof Map)) {
    yield problemOf(file, 'malformed', 'it is no whole record of PEAR; the package is missing from the result');
    return;
  }
  const name = record.get('name') ?? record.get('package');
  const version = textIn(record.get('version'), 'release');
  const channel = record.get('channel');
  const license = textIn(record.get('license'), '_content');
  const whole = typeof name === 'string' && typeof channel === 'string' && channel !== '' ? `${channel}/${name}` : name;
  const item = {
    kind: 'listed',
    name: whole,
    version: version ?? '',
    ...(license ? { licenses: [license] } : {}),
  } as const;
  yield* collectListed(file, { type: 'pear', state: 'installed' }, [item], limits);
}

/** A text, or the part of a map that holds it: the formats of `package.xml` differ. */
function textIn(value: PhpValue | undefined, key: string): string | undefined {
  const part = value instanceof Map ? value.get(key) : value;
  return typeof part === 'string' && part !== '' ? part : undefined;
}
