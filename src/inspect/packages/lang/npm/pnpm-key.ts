import { isVersion, splitDescriptor } from './descriptor.ts';

/** What a key of `packages` says; the entry says the rest. */
export interface PnpmKey {
  readonly name?: string;
  readonly version?: string;
  /** Set where it is not from a registry. */
  readonly address?: string;
}

/**
 * Parses `/@scope/name/1.2.3_peer@1.0.0` (lockfileVersion 5), `/@scope/name@1.2.3(peer@1.0.0)` (6) or the same without its slash
 * (9). What is not from a registry has its address as key, in 9 after the name.
 */
export function parsePnpmKey(key: string, lockfileVersion: number): PnpmKey {
  if (lockfileVersion < 6) return parseSlashed(key);
  if (lockfileVersion < 7 && !key.startsWith('/')) return { address: key };
  const plain = withoutPeers(key.startsWith('/') ? key.slice(1) : key);
  const { name, range } = splitDescriptor(plain) ?? { name: undefined, range: plain };
  if (name === undefined) return { address: plain };
  return isVersion(range) ? { name, version: range } : { name, address: range };
}

/** A key without the versions of its peers and the hash of its patch: `name@1.2.3(patch_hash=...)(peer@1.0.0)`. */
export function withoutPeers(key: string): string {
  const start = key.indexOf('(');
  return start < 0 ? key : key.slice(0, start);
}

/**
 * Version 5, with a host before the first slash if the registry is not the default one. Git's keys differ only in that they end
 * in a commit.
 */
const slashedKey =
  /^[a-z0-9.+-]{0,253}\/((?:@[^/]{1,214}\/)?[^/@]{1,214})\/(\d{1,16}\.\d{1,16}\.\d[^/_]{0,220})(?:[_/][^/]{0,4096})?$/;

function parseSlashed(key: string): PnpmKey {
  const [, name, version] = slashedKey.exec(key.slice(0, 8192)) ?? [];
  return name && version ? { name, version } : { address: key };
}
