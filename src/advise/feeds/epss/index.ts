import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { PlimsollError, toMessage } from '../../../base/errors.ts';
import { redactUrl } from '../../../base/net/redact-url.ts';
import { downloadFile } from '../download.ts';
import type { Delivery, Feed } from '../feed.ts';
import { listSingle } from '../single-file.ts';
import { parseScores } from './scores.ts';

const MiB = 1024 * 1024;
/** 2.5 MB compressed, 10 MB unpacked in 2026. */
const maxBytes = 256 * MiB;
const maxUnpackedBytes = 256 * MiB;

/** FIRST's Exploit Prediction Scoring System. https://www.first.org/epss/data_stats */
export const epss: Feed = {
  id: 'epss',
  gives: 'marks',
  address: 'https://epss.cyentia.com/epss_scores-current.csv.gz',
  variable: 'PLIMSOLL_FEED_EPSS',
  placesBelowBase: ['epss/epss_scores-current.csv.gz'],
  list: (address) => listSingle('epss', address),
  async deliver(_name, address, last, context): Promise<Delivery | 'unchanged'> {
    const download = { url: address, task: 'Fetching exploit predictions', maxBytes, last: last?.fingerprint };
    const file = await downloadFile(download, context);
    if (file === 'unchanged') return file;
    await using stack = new AsyncDisposableStack();
    stack.use(file);
    const source = redactUrl(address);
    const scores = parseScores(await unpack(file.path, source), source);
    return {
      source,
      fingerprint: file.fingerprint,
      asOf: scores.asOf,
      items: scores.items,
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

/** The whole text: a file that breaks off must give nothing. */
async function unpack(path: string, where: string): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    await pipeline(createReadStream(path), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > maxUnpackedBytes) throw new Error(`it unpacks to more than ${maxUnpackedBytes} bytes`);
        parts.push(chunk);
      }
    });
  } catch (cause) {
    throw new PlimsollError('bad-answer', `${where} is not the list of predictions: ${toMessage(cause)}.`, { cause });
  }
  return Buffer.concat(parts).toString('latin1');
}
