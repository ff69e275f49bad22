import { toExactVersion } from '../../lang/java/coordinates.ts';
import type { Coordinates } from './coordinates.ts';

const maxLines = 1000;

/** Reads what Maven writes into each archive. Undefined where a part is missing. */
export function parsePomProperties(bytes: Buffer): Coordinates | undefined {
  const values = new Map<string, string>();
  for (const line of bytes.toString('utf8').split(/\r\n|\r|\n/, maxLines)) {
    const [, key, value] = /^[ \t\f]*([A-Za-z]+)[ \t\f]*[=:][ \t\f]*(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) values.set(key, withoutEscapes(value).trim());
  }
  const [group, artifact] = [values.get('groupId'), values.get('artifactId')];
  const version = toExactVersion(values.get('version'));
  return group && artifact && version ? { group, artifact, version } : undefined;
}

/** https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader) */
function withoutEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code?: string, character?: string) =>
    code === undefined ? (character ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
