import { PlimsollError, toMessage } from '../../../base/errors.ts';
import { redactUrl } from '../../../base/net/redact-url.ts';
import { downloadBytes } from '../download.ts';
import type { Delivery, Feed, FeedItem } from '../feed.ts';
import { listSingle } from '../single-file.ts';

/** The catalogue has some 1.5 MB. */
const maxBytes = 64 * 1024 * 1024;

/** CISA's catalogue of known exploited vulnerabilities. https://www.cisa.gov/known-exploited-vulnerabilities-catalog */
export const kev: Feed = {
  id: 'kev',
  gives: 'marks',
  address: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  variable: 'PLIMSOLL_FEED_KEV',
  placesBelowBase: ['kev/known_exploited_vulnerabilities.json'],
  list: (address) => listSingle('kev', address),
  async deliver(_name, address, last, context): Promise<Delivery | 'unchanged'> {
    const download = {
      url: address,
      task: 'Fetching known exploited vulnerabilities',
      maxBytes,
      last: last?.fingerprint,
    };
    const answer = await downloadBytes(download, context);
    if (answer === 'unchanged') return answer;
    const { items, asOf } = parseCatalogue(answer.bytes, redactUrl(address));
    return {
      source: redactUrl(address),
      fingerprint: answer.fingerprint,
      asOf,
      total: items.length,
      items: (async function* () {
        yield* items;
      })(),
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

/** Reads the catalogue; `bad-answer` where it is none. Entries that cannot be used are among the items, with the reason. */
export function parseCatalogue(bytes: Uint8Array, where: string): { items: FeedItem[]; asOf: string } {
  const catalogue = parseJson(bytes, where);
  const entries = catalogue.vulnerabilities;
  if (!Array.isArray(entries) || entries.length === 0)
    throw new PlimsollError('bad-answer', `${where} is not the catalogue: it lists no vulnerabilities.`);
  const items = entries.map(parseEntry);
  const released = Date.parse(String(catalogue.dateReleased));
  const newest = items.reduce(
    (max, item) => (item.kind === 'mark' && String(item.mark.fields[0]) > max ? String(item.mark.fields[0]) : max),
    '',
  );
  const asOf = Number.isNaN(released) ? Date.parse(newest || '1970-01-01') : released;
  return { items, asOf: new Date(asOf).toISOString() };
}

function parseEntry(entry: unknown, place: number): FeedItem {
  const fields = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  const { cveID: id, dateAdded, dueDate, knownRansomwareCampaignUse: ransomware } = fields;
  if (typeof id !== 'string' || !/^CVE-\d{4}-\d{4,19}$/.test(id))
    return { kind: 'left', record: `entry ${place + 1}`, outcome: 'no usable id', leftOut: {} };
  if (!isDate(dateAdded)) return { kind: 'left', record: id, outcome: 'no usable date', leftOut: {} };
  return { kind: 'mark', mark: { id, fields: [dateAdded, isDate(dueDate) ? dueDate : '', ransomware === 'Known'] } };
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

function parseJson(bytes: Uint8Array, where: string): Record<string, unknown> {
  try {
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (cause) {
    throw new PlimsollError('bad-answer', `${where} is not the catalogue: ${toMessage(cause)}.`, { cause });
  }
  throw new PlimsollError('bad-answer', `${where} is not the catalogue: it is no JSON object.`);
}
