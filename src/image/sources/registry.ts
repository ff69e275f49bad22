import { PlimsollError } from '../../base/errors.ts';
import type { Descriptor, Image } from '../../base/model/image.ts';
import { createHttpClient } from '../../base/net/http-client.ts';
import { isLoopbackHost } from '../../base/net/loopback.ts';
import { version } from '../../base/version.ts';
import { choosePlatform, type ImageManifest } from '../manifest.ts';
import { type BlobOptions, fetchBlob, streamBlob } from '../registry/blobs.ts';
import { readCertificates } from '../registry/certificates.ts';
import { type FetchedDocument, fetchManifest } from '../registry/manifests.ts';
import { formatRegistryReference, parseRegistryReference, type RegistryReference } from '../registry/reference.ts';
import { openSession, type Session } from '../registry/session.ts';
import { assembleImage } from './assemble.ts';
import type { OpenOptions } from './source.ts';

/** Indexes within indexes at most; real ones have two. */
const maxIndexDepth = 4;
const retryPolicy = { retries: 4, backoffMs: 500 };

/** Settings of the connection that only tests change. */
export interface ConnectionSettings {
  readonly timeoutMs?: number;
  readonly backoffMs?: number;
}

/**
 * Opens an image in a registry; its layers are fetched when they are read.
 * @param text Without scheme: `debian:12`, `registry.example:5000/app@sha256:…`.
 */
export async function openRegistryImage(
  text: string,
  options: OpenOptions,
  connection: ConnectionSettings = {},
): Promise<Image> {
  const reference = parseRegistryReference(text);
  checkOffline(reference, options);
  const { signal, onNote, env = process.env, insecureHttp = false } = options;
  const ca = options.registryCa === undefined ? undefined : await readCertificates(options.registryCa);
  const policy = { ...retryPolicy, ...connection };
  const client = createHttpClient({ userAgent: `plimsoll/${version}`, ca, env, onNote, ...policy });
  try {
    const session = await openSession(reference, { send: client.request, env, insecureHttp, signal });
    const what = formatRegistryReference(reference);
    const blobOptions = { ...policy, what, signal, onNote };
    const image = await openIn(session, { text, reference, options, blobOptions, dispose: async () => client.close() });
    return image;
  } catch (error) {
    client.close();
    throw error;
  }
}

/** This machine itself is no network. */
function checkOffline(reference: RegistryReference, { offline }: OpenOptions): void {
  const host = new URL(`https://${reference.registry}`).hostname;
  if (!offline || isLoopbackHost(host)) return;
  throw new PlimsollError(
    'usage',
    `${formatRegistryReference(reference)} is in a registry, and --offline touches no network. Leave it out, or scan an archive of the image.`,
  );
}

interface Opening {
  readonly text: string;
  readonly reference: RegistryReference;
  readonly options: OpenOptions;
  readonly blobOptions: BlobOptions;
  dispose(): Promise<void>;
}

async function openIn(session: Session, { text, reference, options, blobOptions, dispose }: Opening): Promise<Image> {
  const { limits } = options;
  const { manifest, digest } = await fetchImageManifest(session, reference, options);
  const { what } = blobOptions;
  if (manifest.config.size > limits.maxManifestBytes)
    throw new PlimsollError(
      'limit-exceeded',
      `${what}: its configuration has ${manifest.config.size} bytes where at most ${limits.maxManifestBytes} are read. This is no usual image.`,
    );
  const config = await fetchBlob(session, manifest.config, { ...blobOptions, what: `${what}: its configuration` });
  const open = (layer: Descriptor) => (signal?: AbortSignal) =>
    streamBlob(session, layer, {
      ...blobOptions,
      what: `${what}: layer ${layer.digest}`,
      signal: signal ?? options.signal,
    });
  return assembleImage({
    reference: `registry:${text}`,
    digest,
    manifest,
    config,
    limits,
    platform: options.platform,
    bytesOf: (layer) => ({ local: false, open: open(layer) }),
    dispose,
  });
}

async function fetchImageManifest(
  session: Session,
  reference: RegistryReference,
  { platform, limits, signal }: OpenOptions,
): Promise<{ manifest: ImageManifest; digest: FetchedDocument['digest'] }> {
  const what = formatRegistryReference(reference);
  const first = reference.digest === undefined ? (reference.tag ?? 'latest') : { digest: reference.digest };
  let fetched = await fetchManifest(session, { wanted: first, what, limits, signal });
  for (let depth = 0; fetched.document.kind === 'index'; depth++) {
    if (depth === maxIndexDepth)
      throw new PlimsollError('image-unreadable', `${what}: indexes are nested more than ${maxIndexDepth} deep.`);
    const { digest, size } = choosePlatform(fetched.document, platform, what);
    fetched = await fetchManifest(session, { wanted: { digest, size }, what, limits, signal });
  }
  return { manifest: fetched.document, digest: fetched.digest };
}
