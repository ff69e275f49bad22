import { createHash, type Hash } from 'node:crypto';
import { PlimsollError } from '../errors.ts';
import type { Digest } from '../model/image.ts';

/** What bytes are expected to be; `size` in bytes, where it is known. */
export interface Expected {
  readonly digest: Digest;
  readonly size?: number;
}

/**
 * Passes bytes on and fails if they are not what was expected: at once where there are too many, at the end where there are
 * too few or the digest differs. Nothing that came through may be believed before the end was reached.
 * @param what Names the bytes in the error: `layer 3 of registry:…`.
 */
export async function* verifyBytes(
  source: AsyncIterable<Uint8Array>,
  expected: Expected,
  what: string,
): AsyncGenerator<Uint8Array> {
  const verifier = createVerifier(expected, what);
  for await (const chunk of source) {
    verifier.update(chunk);
    yield chunk;
  }
  verifier.end();
}

export interface Verifier {
  update(chunk: Uint8Array): void;
  /** Throws `digest-mismatch` unless all the bytes seen are what was expected. */
  end(): void;
}

export function createVerifier({ digest, size }: Expected, what: string): Verifier {
  const hash = createDigestHash(digest);
  let seen = 0;
  const mismatch = (detail: string) =>
    new PlimsollError('digest-mismatch', `${what} is damaged: ${detail}. Fetch or save the image again.`);
  return {
    update(chunk) {
      seen += chunk.length;
      if (size !== undefined && seen > size)
        throw mismatch(`it has more than the ${size} bytes that its descriptor states`);
      hash.update(chunk);
    },
    end() {
      if (size !== undefined && seen < size) throw mismatch(`it has ${seen} bytes, its descriptor states ${size}`);
      const actual = hash.digest('hex');
      const wanted = digest.slice(digest.indexOf(':') + 1);
      if (actual !== wanted) throw mismatch(`its digest is ${algorithmOf(digest)}:${actual}, expected ${digest}`);
    },
  };
}

/** Checks bytes that are held whole. */
export function verifyWhole(bytes: Uint8Array, expected: Expected, what: string): void {
  const verifier = createVerifier(expected, what);
  verifier.update(bytes);
  verifier.end();
}

function createDigestHash(digest: Digest): Hash {
  return createHash(algorithmOf(digest));
}

function algorithmOf(digest: Digest): string {
  return digest.slice(0, digest.indexOf(':'));
}
