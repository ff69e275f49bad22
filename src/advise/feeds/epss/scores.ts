import { PlimsollError } from '../../../base/errors.ts';
import type { FeedItem } from '../feed.ts';

/** Longest line, the comment with the date included. */
const maxLineLength = 300;

/**
 * Reads `#model_version:…,score_date:…`, the header `cve,epss,percentile`, and one line per vulnerability. Fails with
 * `bad-answer` where the head is not that; lines that cannot be used are among the items, with the reason.
 */
export function parseScores(text: string, where: string): { items: AsyncIterable<FeedItem>; asOf: string } {
  const head = /^(?:#([^\n]{0,299})\n)?cve,epss,percentile\r?\n/.exec(text);
  if (head === null)
    throw new PlimsollError('bad-answer', `${where} is not the list of predictions: its first lines are others.`);
  const dated = /score_date:([0-9T:.+-]{10,40}Z?)/.exec(head[1] ?? '')?.[1];
  const asOf = dated === undefined ? Number.NaN : Date.parse(dated.replace(/\+0000$/, 'Z'));
  if (Number.isNaN(asOf))
    throw new PlimsollError('bad-answer', `${where} does not say of what date its predictions are.`);
  return { items: readLines(text, head[0].length), asOf: new Date(asOf).toISOString() };
}

async function* readLines(text: string, from: number): AsyncGenerator<FeedItem> {
  for (let start = from, number = 1; start < text.length; number++) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield parseLine(end - start > maxLineLength ? '' : text.slice(start, end), number);
    start = end + 1;
  }
}

function parseLine(line: string, number: number): FeedItem {
  const [, id, first, second] = /^(CVE-\d{4}-\d{4,19}),([\d.e-]{1,24}),([\d.e-]{1,24})\r?$/.exec(line) ?? [];
  if (id === undefined) return { kind: 'left', record: `line ${number}`, outcome: 'malformed line', leftOut: {} };
  const [score, percentile] = [Number(first), Number(second)];
  if (isShare(score) && isShare(percentile)) return { kind: 'prediction', id, score, percentile };
  return { kind: 'left', record: id, outcome: 'score out of range', leftOut: {} };
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
