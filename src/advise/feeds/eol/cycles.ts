import { PlimsollError, toMessage } from '../../../base/errors.ts';
import { supportProducts, toSupportKey } from '../../../base/support-cycles.ts';
import type { FeedItem } from '../feed.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Some 30 in 2026, at most 50 cycles each. */
const maxCycles = 10_000;

/**
 * Reads the releases of operating systems that images have; `bad-answer` where it is not the list. Other products are passed over,
 * they are no records here. A mark is `debian 11` with the day from which there is no support, the day from which there is no extended
 * support, and what the publisher calls that; empty where there is none or no day is set.
 */
export function parseCycles(bytes: Uint8Array, where: string): { items: FeedItem[]; asOf: string } {
  const list = parseJson(bytes, where);
  if (!Array.isArray(list.result)) throw notTheList(where, 'it has no result');
  const items: FeedItem[] = [];
  for (const product of list.result.map(toFields)) {
    if (typeof product.name !== 'string' || !supportProducts.has(product.name)) continue;
    const releases = Array.isArray(product.releases) ? product.releases : [];
    const extended = toFields(product.labels).eoes;
    for (const release of releases) items.push(parseCycle(product.name, toFields(release), extended));
    if (items.length > maxCycles) throw notTheList(where, `it has more than ${maxCycles} releases`);
  }
  if (items.length === 0) throw notTheList(where, 'it has no operating system');
  const generated = Date.parse(String(list.generated_at));
  return { items, asOf: new Date(Number.isNaN(generated) ? 0 : generated).toISOString() };
}

function parseCycle(product: string, { name, eolFrom, isEol, eoesFrom }: Fields, extended: unknown): FeedItem {
  const left = (record: string, outcome: string): FeedItem => ({ kind: 'left', record, outcome, leftOut: {} });
  if (typeof name !== 'string' || !/^[A-Za-z0-9._-]{1,40}$/.test(name)) return left(product, 'no usable id');
  const id = toSupportKey(product, name);
  if (!isDayOrNothing(eolFrom) || !isDayOrNothing(eoesFrom)) return left(id, 'no usable date');
  if (isEol === true && !eolFrom) return left(id, 'ended on a day that is not said');
  const label = typeof extended === 'string' && /^[\p{L}\p{N} .,()/-]{1,80}$/u.test(extended) ? extended : '';
  return { kind: 'mark', mark: { id, fields: [eolFrom ?? '', eoesFrom ?? '', eoesFrom ? label : ''] } };
}

function isDayOrNothing(value: unknown): value is string | null | undefined {
  if (value === null || value === undefined) return true;
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

function parseJson(bytes: Uint8Array, where: string): Fields {
  try {
    return toFields(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw notTheList(where, toMessage(cause), cause);
  }
}

function toFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function notTheList(where: string, why: string, cause?: unknown): PlimsollError {
  return new PlimsollError('bad-answer', `${where} is not the list of products: ${why}.`, { cause });
}
