import { createHash } from 'node:crypto';
import { verifyWhole } from '../../base/bytes/verify.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Descriptor, Digest } from '../../base/model/image.ts';
import { readWhole, type WholeResponse } from '../../base/net/read-body.ts';
import {
  documentTypes,
  isSchema1,
  kindOfMediaType,
  type ManifestDocument,
  parseDigest,
  parseManifestOrIndex,
  schema1Refused,
} from '../manifest.ts';
import { notFromRegistry } from './registry-error.ts';
import type { Session } from './session.ts';

/** A manifest or index that is what its digest says. */
export interface FetchedDocument {
  readonly document: ManifestDocument;
  readonly digest: Digest;
}

/** How a manifest is asked for. */
export interface ManifestQuery {
  /** A tag, or what the manifest must be: a digest, with its size where an index states it. */
  readonly wanted: string | (Pick<Descriptor, 'digest'> & Partial<Pick<Descriptor, 'size'>>);
  /** For errors: `registry.example/app:1`. */
  readonly what: string;
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
}

/** Fetches a manifest or index and verifies it: by the digest that was asked for, else by the one that the registry states. */
export async function fetchManifest(
  session: Session,
  { wanted, what, limits, signal }: ManifestQuery,
): Promise<FetchedDocument> {
  const path = `manifests/${typeof wanted === 'string' ? wanted : wanted.digest}`;
  const get = async () => {
    const response = await session.get({ path, headers: { accept: documentTypes.join(', ') }, what, signal });
    const page = notFromRegistry(response, what);
    if (page === undefined) return response;
    await response.body[Symbol.asyncIterator]().return?.();
    throw page;
  };
  const whole = await readWhole(get, limits.maxManifestBytes);
  // Before the digest: that of schema 1 leaves out the signatures.
  if (isSchema1(contentTypeOf(whole))) throw schema1Refused(what);
  const digest = typeof wanted === 'string' ? statedDigest(whole, what) : wanted.digest;
  verifyWhole(whole.bytes, typeof wanted === 'string' ? { digest } : wanted, `${what}: its manifest`);
  const document = parseManifestOrIndex(whole.bytes, what, limits);
  checkMediaType(whole, document, what);
  return { document, digest };
}

/** `Docker-Content-Digest`, else what the bytes have: a registry need not state it. */
function statedDigest({ headers, bytes }: WholeResponse, what: string): Digest {
  const text = headers['docker-content-digest'];
  const stated = text === undefined ? undefined : parseDigest(text.trim());
  if (text !== undefined && stated === undefined)
    throw new PlimsollError(
      'bad-answer',
      `${what}: the registry states a digest that cannot be read. Ask for the image by its digest.`,
    );
  return stated ?? `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A document that is read as one thing by its type and as another by its content differs from tool to tool. */
function checkMediaType(whole: WholeResponse, document: ManifestDocument, what: string): void {
  const stated = kindOfMediaType(contentTypeOf(whole));
  if (stated !== undefined && stated !== document.kind)
    throw new PlimsollError(
      'bad-answer',
      `${what}: the registry says that this is an image ${stated}, but it is an image ${document.kind}. Push the image again.`,
    );
}

function contentTypeOf({ headers }: WholeResponse): string {
  return (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
}
