import { ecosystemOf } from '../../../base/ecosystems.ts';
import type { Affected, RangeEvent, Rating, VersionRange } from '../../../base/model/advisory.ts';
import { maxVersionLength } from '../../../base/versions/order.ts';
import { isRecord, isShortText, parseRatings } from './fields.ts';

/** Events of one package. The largest real list has some hundreds. */
const maxEvents = 20_000;
/** Versions listed for one package. The largest real list has some ten thousands: every version of a busy package. */
const maxVersions = 200_000;
const maxNameLength = 512;

/**
 * Reads one entry of `affected`; a text says why it cannot be used. It is all or nothing: with one range missing, a version
 * could seem not affected. https://ossf.github.io/osv-schema/#affected-fields
 */
export function parseAffected(value: unknown, ecosystem: string): Affected | string {
  if (!isRecord(value) || !isRecord(value.package)) return 'no package';
  const { ecosystem: full, name } = value.package;
  if (!isEcosystem(full)) return 'no usable ecosystem';
  if (!isShortText(name, maxNameLength)) return 'no usable package name';
  const colon = full.indexOf(':');
  if ((colon < 0 ? full : full.slice(0, colon)) !== ecosystem) return 'other ecosystem';
  const ranges = parseRanges(value.ranges);
  if (typeof ranges === 'string') return ranges;
  const versions = parseVersions(value.versions);
  if (typeof versions === 'string') return versions;
  if (ranges.length === 0 && versions.length === 0) return 'no usable range';
  const suffix = colon < 0 ? '' : full.slice(colon + 1);
  const release = ecosystemOf(ecosystem)?.advisoryRelease?.(suffix) ?? suffix;
  return { ecosystem, release, name, ranges, versions, ...parseVendorWords(value, ecosystem) };
}

/** With its release it becomes the name of a shard. */
function isEcosystem(value: unknown): value is string {
  return typeof value === 'string' && /^[ -~]{1,200}$/.test(value);
}

/** Ranges of git commits are passed over: nothing in an image says which commit it was built from. */
function parseRanges(value: unknown): VersionRange[] | string {
  if (value === undefined || value === null) return [];
  // Photon OS writes a lone range without the list around it.
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const ranges: VersionRange[] = [];
  let events = 0;
  for (const item of items) {
    if (!isRecord(item)) return 'malformed range';
    if (item.type === 'GIT') continue;
    if (item.type !== 'SEMVER' && item.type !== 'ECOSYSTEM') return 'unknown type of range';
    if (!Array.isArray(item.events)) return 'malformed range';
    events += item.events.length;
    if (events > maxEvents || items.length > maxEvents) return 'too many events';
    const parsed = parseEvents(item.events);
    if (parsed === undefined) return 'malformed range';
    ranges.push({ type: item.type, events: parsed });
  }
  return ranges;
}

function parseEvents(values: readonly unknown[]): RangeEvent[] | undefined {
  const events: RangeEvent[] = [];
  for (const value of values) {
    const event = isRecord(value) ? parseEvent(value) : undefined;
    if (event === undefined) return;
    events.push(event);
  }
  return events.some((event) => 'introduced' in event) ? events : undefined;
}

function parseEvent(value: Record<string, unknown>): RangeEvent | undefined {
  const [key, ...others] = Object.keys(value);
  const version = key === undefined ? undefined : value[key];
  if (others.length > 0 || !isShortText(version, maxVersionLength)) return;
  if (key === 'introduced') return { introduced: version };
  if (key === 'fixed') return { fixed: version };
  if (key === 'last_affected') return { lastAffected: version };
  return key === 'limit' ? { limit: version } : undefined;
}

function parseVersions(value: unknown): string[] | string {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return 'malformed list of versions';
  if (value.length > maxVersions) return 'too many versions';
  return value.every((item) => isShortText(item, maxVersionLength)) ? value : 'malformed list of versions';
}

/** What the vendor says of this package beside its versions. */
function parseVendorWords(
  value: Record<string, unknown>,
  ecosystem: string,
): Pick<Affected, 'ratings' | 'vendorState'> {
  const ratings: Rating[] = parseRatings(value.severity);
  const specific = isRecord(value.ecosystem_specific) ? value.ecosystem_specific : {};
  const { uct_status: status, urgency } = specific;
  if (isShortText(status, 64)) return { ratings, vendorState: status };
  if (!isShortText(urgency, 64) || urgency === 'not yet assigned') return { ratings };
  if (urgency === 'end-of-life') return { ratings, vendorState: urgency };
  return { ratings: [...ratings, { type: ecosystem, score: urgency }] };
}
