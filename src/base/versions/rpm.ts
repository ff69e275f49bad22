import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed RPM version. */
export type RpmVersion = SortKey;

/**
 * RPM's order of `epoch:version-release`. No epoch is epoch 0; no release is before every release. rpm itself compares any
 * bytes; refused here is what no package can bear: control characters, white space, bytes beyond ASCII.
 * https://rpm-software-management.github.io/rpm/man/rpm-version.7
 */
export const rpm: Order<RpmVersion> = { id: 'rpm', parse: parseRpmVersion, compare: compareSortKeys };

const shape = /^(?:(\d*):)?([!-~]*?)(?:-([!-,.-~]*))?$/;

/** What may stand in one place of two versions that are equal so far, lowest first. */
const tilde = '\x01';
const end = '\x02';
const caret = '\x03';
const letters = '\x04';
const number = '\x05';

function parseRpmVersion(text: string): RpmVersion | undefined {
  if (text === '' || text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, epoch = '', version = '', release] = match;
  return toNumberKey(epoch) + toPartKey(version) + (release === undefined ? '\0' : `\x01${toPartKey(release)}`);
}

/** Runs of digits and of letters; whatever separates them does not count. */
function toPartKey(part: string): SortKey {
  let key = '';
  for (const segment of part.match(/\d+|[A-Za-z]+|[~^]/g) ?? []) {
    if (segment === '~') key += tilde;
    else if (segment === '^') key += caret;
    else key += /^\d/.test(segment) ? number + toNumberKey(segment) : `${letters}${segment}\0`;
  }
  return key + end;
}
