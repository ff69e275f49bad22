import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';

/** Longer than any version or licence. */
const maxTextBytes = 1024;

/** Reads the record of one deployment; where it lies says what was deployed, for which machine, from which branch and commit. */
export function* readDeploy(file: OpenFile, limits: Limits): Generator<Found> {
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  // Every record has its remote and its commit.
  const commit = file.path.split('/').at(-2) ?? '';
  if (!bytes.includes(commit))
    yield problemOf(
      file,
      bytes.length < 70 ? 'truncated' : 'malformed',
      'it does not name its commit; its version is not known',
    );
  yield* collectListed(file, { type: 'flatpak', state: 'installed' }, [toListed(file.path, bytes)], limits);
}

/** Runtimes say no version: their branch is it, as `22.08`. */
function toListed(path: string, bytes: Buffer): Listed {
  const [name, architecture, branch] = path.split('/').slice(-5, -2);
  const license = findText(bytes, 'appdata-license');
  return {
    kind: 'listed',
    name,
    version: findText(bytes, 'appdata-version') ?? branch,
    ...(license ? { licenses: [license] } : {}),
    purl: { qualifiers: { arch: architecture ?? '' } },
  };
}

/**
 * The text of a key in a GVariant of `a{sv}`: the key, a zero byte, filling up to eight bytes, the text, a zero byte, another, and `s` for
 * its type. https://people.gnome.org/~desrt/gvariant-serialisation.pdf
 */
function findText(bytes: Buffer, key: string): string | undefined {
  let start = bytes.indexOf(`${key}\0`);
  if (start < 0) return undefined;
  start += key.length + 1;
  for (let filling = 0; filling < 7 && bytes[start] === 0; filling++) start++;
  const end = bytes.subarray(start, start + maxTextBytes).indexOf(0);
  const isText = end > 0 && bytes[start + end + 1] === 0 && bytes[start + end + 2] === 0x73;
  return isText ? bytes.toString('utf8', start, start + end) : undefined;
}
