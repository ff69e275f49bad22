/** Bits for each key: about 1 % of absent keys pass. */
const bitsPerKey = 10;
const probes = 7;

/** Builds a Bloom filter over the hashes of keys, see `hashKey`. */
export function buildFilter(hashes: readonly number[]): Buffer {
  const filter = Buffer.alloc(Math.ceil((hashes.length * bitsPerKey) / 8));
  for (const hash of hashes) {
    for (let probe = 0; probe < probes; probe++) {
      const bit = bitOf(hash, probe, filter.length * 8);
      filter[bit >>> 3]! |= 1 << (bit & 7);
    }
  }
  return filter;
}

/** False where the key is surely absent. */
export function mayContain(filter: Uint8Array, hash: number): boolean {
  if (filter.length === 0) return false;
  for (let probe = 0; probe < probes; probe++) {
    const bit = bitOf(hash, probe, filter.length * 8);
    if ((filter[bit >>> 3]! & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

/** FNV-1a over the code units, with a last mix so that all bits count; an unsigned 32-bit number. */
export function hashKey(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Double hashing: the second is made from the first and odd, so that the probes differ. */
function bitOf(hash: number, probe: number, size: number): number {
  const step = (Math.imul(hash, 0x9e3779b1) | 1) >>> 0;
  return (hash + probe * step) % size;
}
