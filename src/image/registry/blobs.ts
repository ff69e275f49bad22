import { verifyBytes } from '../../base/bytes/verify.ts';
import type { Descriptor } from '../../base/model/image.ts';
import { resumeBody } from '../../base/net/resume.ts';
import type { RetryPolicy } from '../../base/net/retry.ts';
import type { Session } from './session.ts';

/** How a blob is fetched. */
export interface BlobOptions extends RetryPolicy {
  /** For errors: `layer 3 of registry.example/app:1`. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
  readonly onNote?: ((note: string) => void) | undefined;
}

/** A blob's bytes as stored, not verified. Where the connection breaks the rest is asked for: a blob never changes. */
export async function* streamBlob(
  session: Session,
  { digest }: Descriptor,
  options: BlobOptions,
): AsyncGenerator<Uint8Array> {
  const get = { path: `blobs/${digest}`, what: options.what, signal: options.signal };
  const first = await session.get(get);
  yield* resumeBody(first, {
    ...options,
    reopen: (from) => session.get({ ...get, headers: { range: `bytes=${from}-` } }),
  });
}

/** A whole blob, verified; memory is bounded by the size that its descriptor states. */
export async function fetchBlob(session: Session, descriptor: Descriptor, options: BlobOptions): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of verifyBytes(streamBlob(session, descriptor, options), descriptor, options.what))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}
