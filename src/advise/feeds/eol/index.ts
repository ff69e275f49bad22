import { redactUrl } from '../../../base/net/redact-url.ts';
import { downloadBytes } from '../download.ts';
import type { Delivery, Feed } from '../feed.ts';
import { listSingle } from '../single-file.ts';
import { parseCycles } from './cycles.ts';

/** All products together have 3 MB in 2026. */
const maxBytes = 64 * 1024 * 1024;

/** When the support of operating systems ends, by endoflife.date. https://endoflife.date/docs/api/v1/ */
export const eol: Feed = {
  id: 'eol',
  gives: 'marks',
  address: 'https://endoflife.date/api/v1/products/full',
  variable: 'PLIMSOLL_FEED_EOL',
  placesBelowBase: ['eol/api/v1/products/full.json', 'eol/api/v1/products/full'],
  list: (address) => listSingle('eol', address),
  async deliver(_name, address, last, context): Promise<Delivery | 'unchanged'> {
    const download = { url: address, task: 'Fetching ends of support', maxBytes, last: last?.fingerprint };
    const answer = await downloadBytes(download, context);
    if (answer === 'unchanged') return answer;
    const source = redactUrl(address);
    const { items, asOf } = parseCycles(answer.bytes, source);
    return {
      source,
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
