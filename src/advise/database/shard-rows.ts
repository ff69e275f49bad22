import type { Advisory, Affected, RangeEvent, Rating, VersionRange } from '../../base/model/advisory.ts';

/** What an advisory says apart from which packages it affects. */
export type AdvisoryBody = Omit<Advisory, 'affected'>;

/** What one advisory says of one package. */
export interface AffectedRow extends Affected {
  /** Id of the advisory. */
  readonly advisory: string;
}

/*
 * A row as JSON: [advisory, name or 0 where it is the key's, ranges, versions, ratings, vendor state], what is empty at the end
 * left out. A range: [type, kind of event, version, kind of event, version ...]. A rating: [type, score] and, where it is known, the
 * value of the vector.
 */

const rangeTypes = { E: 'ECOSYSTEM', S: 'SEMVER' } as const;
const eventKinds = { i: 'introduced', f: 'fixed', a: 'lastAffected', l: 'limit' } as const;

export function encodeRow(advisory: string, affected: Affected, key: string): string {
  const { name, ranges, versions, ratings, vendorState } = affected;
  const row: unknown[] = [
    advisory,
    name === key ? 0 : name,
    ranges.map(encodeRange),
    versions,
    ratings.map(encodeRating),
    vendorState ?? '',
  ];
  while (row.length > 2 && (row.at(-1) as string | unknown[]).length === 0) row.pop();
  return JSON.stringify(row);
}

/** Undefined where the value is not a row. */
export function decodeRow(
  value: unknown,
  where: { readonly key: string; readonly ecosystem: string; readonly release: string },
): AffectedRow | undefined {
  if (!Array.isArray(value) || value.length > 6) return;
  const { 0: advisory, 1: name, 2: ranges = [], 3: versions = [], 4: ratings = [], 5: state = '' } = value as unknown[];
  const decodedRanges = decodeList(ranges, decodeRange);
  const decodedRatings = decodeList(ratings, decodeRating);
  if (typeof advisory !== 'string' || (name !== 0 && typeof name !== 'string') || typeof state !== 'string') return;
  if (decodedRanges === undefined || decodedRatings === undefined || !isTextList(versions)) return;
  return {
    advisory,
    ecosystem: where.ecosystem,
    release: where.release,
    name: name === 0 ? where.key : name,
    ranges: decodedRanges,
    versions,
    ratings: decodedRatings,
    ...(state === '' ? {} : { vendorState: state }),
  };
}

function encodeRange({ type, events }: VersionRange): string[] {
  const short = type === 'SEMVER' ? 'S' : 'E';
  return [short, ...events.flatMap(encodeEvent)];
}

function encodeEvent(event: RangeEvent): string[] {
  if ('introduced' in event) return ['i', event.introduced];
  if ('fixed' in event) return ['f', event.fixed];
  return 'lastAffected' in event ? ['a', event.lastAffected] : ['l', event.limit];
}

function encodeRating({ type, score, value }: Rating): (string | number)[] {
  return value === undefined ? [type, score] : [type, score, value];
}

function decodeRange(value: unknown): VersionRange | undefined {
  if (!isTextList(value) || value.length % 2 !== 1) return;
  const type = Object.hasOwn(rangeTypes, value[0]!) ? rangeTypes[value[0] as 'E' | 'S'] : undefined;
  const events: RangeEvent[] = [];
  for (let place = 1; place < value.length; place += 2) {
    const kind = Object.hasOwn(eventKinds, value[place]!) ? eventKinds[value[place] as 'i'] : undefined;
    if (kind === undefined) return;
    events.push({ [kind]: value[place + 1]! } as unknown as RangeEvent);
  }
  return type === undefined ? undefined : { type, events };
}

function decodeRating(rating: unknown): Rating | undefined {
  if (!Array.isArray(rating) || rating.length > 3) return;
  const [type, score, value] = rating as unknown[];
  if (typeof type !== 'string' || typeof score !== 'string') return;
  if (value === undefined) return { type, score };
  return typeof value === 'number' && value >= 0 && value <= 10 ? { type, score, value } : undefined;
}

/** The body as JSON: short keys, what is empty left out. */
export function encodeBody(body: AdvisoryBody): string {
  const { aliases, upstream, summary, modified, published, withdrawn, ratings, references } = body;
  const list = <T>(items: readonly T[]) => (items.length === 0 ? undefined : items);
  return JSON.stringify({
    m: modified,
    p: published,
    w: withdrawn,
    a: list(aliases),
    u: list(upstream),
    s: summary,
    r: list(ratings.map(encodeRating)),
    l: list(references),
  });
}

/** Undefined where the value is not a body. */
export function decodeBody(id: string, value: unknown): AdvisoryBody | undefined {
  if (typeof value !== 'object' || value === null) return;
  const { m, p, w, a = [], u = [], s, r = [], l = [] } = value as Record<string, unknown>;
  const ratings = decodeList(r, decodeRating);
  if (typeof m !== 'string' || !isTextList(a) || !isTextList(u) || !isTextList(l) || ratings === undefined) return;
  if (![p, w, s].every((text) => text === undefined || typeof text === 'string')) return;
  return {
    kind: 'advisory',
    id,
    aliases: a,
    upstream: u,
    ...(s === undefined ? {} : { summary: s as string }),
    modified: m,
    ...(p === undefined ? {} : { published: p as string }),
    ...(w === undefined ? {} : { withdrawn: w as string }),
    ratings,
    references: l,
  };
}

function decodeList<T>(value: unknown, decode: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) return;
  const items: T[] = [];
  for (const item of value) {
    const decoded = decode(item);
    if (decoded === undefined) return;
    items.push(decoded);
  }
  return items;
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
