import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/**
 * The order of Java's own releases, in all their spellings: `17.0.9+9`, `8u392-b08` and `1.8.0_392-b08`, which both are
 * `8.0.392+8` as later releases would write it. The order is that of `Runtime.Version.compareToIgnoreOptional`, which accepts
 * the first kind only; what a builder adds (`-LTS`, `-Debian-1`) does not count, nor do zeros at the end, which it refuses.
 * https://openjdk.org/jeps/322
 */
export const jdk: Order<SortKey> = { id: 'jdk', parse: parseJdk, compare: compareSortKeys };

const number = String.raw`(?:0|[1-9]\d{0,9})`;
const modern = new RegExp(
  String.raw`^([1-9]\d{0,9}(?:\.${number})*)(?:-([A-Za-z\d]+))?(?:(\+)(${number})?)?(?:-([-A-Za-z\d.]+))?$`,
);
/** Of Java 8 and before: `8u392-b08`, `6b27`, `1.8.0_392-ea-b08`, `1.4.2_19`. */
const short = /^([1-9])(?:u(\d{1,9}))?(?:-?b(\d{1,9})|-ga)?$/;
const long = /^1\.([1-9])(?:\.(\d))?(?:_(\d{1,9}))?(?:-(ea|internal|beta\d?|rc\d?))?(?:-b(\d{1,9}))?$/;
const maxNumber = 2 ** 31 - 1;

interface JdkVersion {
  readonly numbers: readonly string[];
  readonly prerelease?: string | undefined;
  readonly build?: string | undefined;
}

function parseJdk(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const version = readOld(text) ?? readModern(text);
  return version && toKey(version);
}

function readOld(text: string): JdkVersion | undefined {
  const [, feature, update = '0', build] = short.exec(text) ?? [];
  if (feature !== undefined) return { numbers: [feature, '0', update], build };
  const match = long.exec(text);
  return match === null
    ? undefined
    : { numbers: [match[1]!, match[2] ?? '0', match[3] ?? '0'], prerelease: match[4], build: match[5] };
}

function readModern(text: string): JdkVersion | undefined {
  const match = modern.exec(text);
  if (match === null) return undefined;
  const [, list = '', prerelease, plus, build, optional] = match;
  // Without a build, a plus stands before what a builder adds, unless a pre-release does.
  const isAmbiguous =
    build === undefined &&
    (optional === undefined ? plus !== undefined : (plus === undefined) === (prerelease === undefined));
  const numbers = list.split('.');
  if (isAmbiguous || [...numbers, build ?? '0'].some((digits) => Number(digits) > maxNumber)) return undefined;
  return { numbers, prerelease, build };
}

/** A pre-release is before its release; no build is before every build. */
function toKey({ numbers, prerelease, build }: JdkVersion): SortKey {
  const counting = [...numbers];
  while (/^0+$/.test(counting.at(-1)!)) counting.pop();
  const key = `${counting.map((digits) => `\x01${toNumberKey(digits)}`).join('')}\0`;
  return key + toPrereleaseKey(prerelease) + (build === undefined ? '\0' : `\x01${toNumberKey(build)}`);
}

function toPrereleaseKey(prerelease: string | undefined): SortKey {
  if (prerelease === undefined) return '\x03';
  return /^\d+$/.test(prerelease) ? `\x01${toNumberKey(prerelease)}` : `\x02${prerelease}\0`;
}
