import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/**
 * OpenSSL's own order: three numbers, before 3.0 with letters for fixes (`1.0.2`, `1.0.2a` ... `1.0.2z`, `1.0.2za`), and
 * pre-releases. What a builder adds (`-fips`, `+quic`) does not count. https://openssl-library.org/policies/releasestrat/
 */
export const openssl: Order<SortKey> = { id: 'openssl', parse: parseOpenssl, compare: compareSortKeys };

const shape =
  /^(\d+)\.(\d+)\.(\d+)([a-z]{0,2})(?:-(dev|alpha\d+|beta\d+|pre\d+|rc\d+)(-dev)?)?(?:-fips)?(?:\+[\w.-]+)?$/;

/** Lowest first. */
const stages = ['dev', 'alpha', 'beta', 'pre', 'rc'];
const release = '\x7f';

function parseOpenssl(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '', fix = '', letters = '', stage, isDev] = match;
  const key = `${[major, minor, fix].map(toNumberKey).join('')}${letters}\0`;
  return key + (stage === undefined ? release : toStageKey(stage) + (isDev ? '\0' : '\x01'));
}

function toStageKey(stage: string): SortKey {
  const name = stage.replace(/\d+$/, '');
  return String.fromCharCode(stages.indexOf(name)) + toNumberKey(stage.slice(name.length));
}
