import type { Limits } from '../../../base/limits.ts';
import type { FoundPackage, OperatingSystem, PackageState, PurlDetail } from '../../../base/model/package.ts';
import type { Problem } from '../../../base/model/problem.ts';
import { maxVersionLength } from '../../../base/versions/order.ts';
import type { Found, OpenFile } from '../cataloguer.ts';
import { withoutCredentials } from './origin.ts';
import { problemOf } from './problem.ts';

/** One package as a file lists it, its fields unchecked. */
export interface Listed {
  readonly kind: 'listed';
  readonly name: unknown;
  /** Undefined, null or empty where the file leaves it open. */
  readonly version: unknown;
  /** Where it is not from the default registry. */
  readonly origin?: string | undefined;
  readonly development?: boolean | undefined;
  readonly licenses?: readonly string[] | undefined;
  readonly maintainer?: string | undefined;
  readonly purl?: PurlDetail | undefined;
  readonly system?: OperatingSystem | undefined;
  /** Where it differs from what the file's packages are. */
  readonly type?: string;
  readonly state?: PackageState;
  /** 1-based. */
  readonly line?: number;
}

/** What the packages of a file are. */
export interface Listing {
  /** purl type. */
  readonly type: string;
  readonly state: PackageState;
}

/** Entries that are shown one by one before the others are only counted. */
const maxBadEntries = 20;
const maxNameLength = 300;
const maxLicenses = 16;
const maxTextLength = 200;

/**
 * The packages of one file, each once however often it is listed. One that is from the registry in one place, or needed by
 * more than development in one, is so altogether. What has no version is counted and named in one problem.
 */
export function* collectListed(
  file: OpenFile,
  listing: Listing,
  items: Iterable<Listed | Problem>,
  limits: Limits,
): Generator<Found> {
  const packages = new Map<string, FoundPackage>();
  const open: string[] = [];
  let bad = 0;
  for (const item of items) {
    const found = item.kind === 'listed' ? toFound(file, listing, item) : item;
    if (typeof found === 'string') open.push(found);
    else if (found.kind === 'package') addPackage(packages, found);
    else if (++bad <= maxBadEntries) yield found;
    if (packages.size + open.length + bad > limits.maxPackagesPerFile) {
      yield problemOf(file, 'too-many', `there are over ${limits.maxPackagesPerFile} entries; the rest was not read`);
      break;
    }
  }
  if (bad > maxBadEntries)
    yield problemOf(file, 'incomplete', `${bad - maxBadEntries} more entries are damaged and missing from the result`);
  if (open.length > 0) yield toUnpinned(file, open);
  yield* packages.values();
}

/** Its name alone where its version is open. */
function toFound(file: OpenFile, listing: Listing, item: Listed): FoundPackage | Problem | string {
  const { name, version, line } = item;
  if (!isName(name)) return problemOf(file, 'incomplete', `an entry has no usable name${lost(name)}`, line);
  if (version === undefined || version === null || version === '') return name;
  if (!isVersionText(version))
    return problemOf(file, 'incomplete', `the entry of ${name} has no usable version${lost(version)}`, line);
  return {
    kind: 'package',
    type: item.type ?? listing.type,
    name,
    version,
    state: item.state ?? listing.state,
    ...(item.licenses?.length ? { licenses: item.licenses.slice(0, maxLicenses).map(cut) } : {}),
    ...(item.maintainer ? { maintainer: cut(item.maintainer) } : {}),
    ...(item.origin ? { origin: withoutCredentials(item.origin) } : {}),
    ...(item.development ? { development: true } : {}),
    ...(item.purl ? { purl: item.purl } : {}),
    ...(item.system ? { system: item.system } : {}),
  };
}

function addPackage(packages: Map<string, FoundPackage>, found: FoundPackage): void {
  const key = `${found.type} ${found.name} ${found.version} ${JSON.stringify(found.purl ?? '')}`;
  const known = packages.get(key);
  if (known === undefined) packages.set(key, found);
  else if ((known.origin && !found.origin) || (known.development && !found.development)) {
    const { origin, development, ...rest } = known;
    packages.set(key, {
      ...rest,
      ...(origin && found.origin ? { origin } : {}),
      ...(development && found.development ? { development } : {}),
    });
  }
}

/** Any characters but spaces and controls: each registry has rules of its own, and only some of them are enforced. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxNameLength && /^[^\s\p{Cc}]+$/u.test(value);
}

function isVersionText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxVersionLength && /^[^\s\p{Cc}]+$/u.test(value);
}

function lost(value: unknown): string {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : typeof value;
  return ` (${shown}); it is missing from the result`;
}

function toUnpinned(file: OpenFile, names: readonly string[]): Problem {
  const distinct = [...new Set(names)];
  const shown = distinct.slice(0, 5).map((name) => name.slice(0, 100));
  const list = shown.join(', ') + (distinct.length > shown.length ? ' …' : '');
  const message = `packages without a version (${distinct.length}: ${list}) are missing from the result`;
  return problemOf(file, 'unpinned', message);
}

function cut(text: string): string {
  return text.slice(0, maxTextLength);
}
