import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import { unreadable } from './stored-files.ts';

/** A reference split into its source and the rest. */
export interface Reference {
  readonly scheme: string;
  readonly rest: string;
  /** True where the text named no source and nothing on the disk: an image that an engine here has, or else of a registry. */
  readonly isGuess?: boolean;
}

/** Schemes that other tools know: taken for the name of an image they would lead to another one than is meant. */
const unread = new Map([
  ['docker-daemon', 'Write docker:NAME for an image that Docker has.'],
  [
    'containers-storage',
    'Write podman:NAME for an image that Podman has, or copy it and scan that: skopeo copy containers-storage:IMAGE oci:image && plimsoll scan oci-dir:image',
  ],
  ['sbom', 'Scan the image that it describes.'],
  ['singularity', 'Images of that kind are not read.'],
]);

/**
 * Finds the source that a reference names. Without a scheme an existing path is recognised by what it holds; all else is an
 * image of an engine or a registry.
 * @param schemes The known ones.
 */
export async function parseReference(text: string, schemes: readonly string[], limits: Limits): Promise<Reference> {
  if (text === '' || /[\0-\x1f\x7f]/.test(text))
    throw new PlimsollError(
      'reference-unreadable',
      'An image reference is empty or has control characters. Give a path, or an image such as registry:NAME:TAG.',
    );
  refuseOtherNames(text);
  const colon = text.indexOf(':');
  const scheme = colon < 0 ? '' : text.slice(0, colon);
  if (schemes.includes(scheme)) return { scheme, rest: nonEmpty(text.slice(colon + 1), scheme) };
  const path = await recognisePath(text, limits);
  if (path !== undefined) return path;
  const instead = unread.get(scheme);
  if (instead !== undefined)
    throw new PlimsollError('reference-unreadable', `"${scheme}:" is not read yet. ${instead}`);
  return { scheme: 'registry', rest: text, isGuess: true };
}

/** Names that skopeo and podman have for what is read here under another. */
function refuseOtherNames(text: string): void {
  const [, scheme = '', rest = ''] = /^(docker:\/\/|oci:)(.+)$/.exec(text) ?? [];
  const ours = { 'docker://': 'registry:', 'oci:': 'oci-dir:' }[scheme];
  if (ours !== undefined)
    throw new PlimsollError(
      'reference-unreadable',
      `"${scheme}" is written ${ours} here: plimsoll scan ${ours}${rest}`,
    );
}

function nonEmpty(rest: string, scheme: string): string {
  if (rest === '')
    throw new PlimsollError('reference-unreadable', `"${scheme}:" names nothing. Write what to read after the colon.`);
  return rest;
}

async function recognisePath(text: string, limits: Limits): Promise<Reference | undefined> {
  const path = text.split(/[:@]/, 1)[0]!;
  const whole = await kindOf(text);
  if (whole === 'directory') return { scheme: (await isLayout(text)) ? 'oci-dir' : 'dir', rest: text };
  if (whole === 'file') return { scheme: await archiveKind(text, limits), rest: text };
  // PATH:TAG, but only for what looks like a path: `debian:12` beside a directory called debian is an image.
  const part = path !== text && path.includes('/') ? await kindOf(path) : undefined;
  if (part === 'directory' && (await isLayout(path))) return { scheme: 'oci-dir', rest: text };
  if (part === 'file') return { scheme: await archiveKind(path, limits), rest: text };
  if (/^(?:\.{0,2}\/)/.test(text)) {
    const special = new Error('it is neither a regular file nor a directory');
    throw unreadable(
      text,
      await stat(text).then(
        () => special,
        (error: unknown) => error,
      ),
    );
  }
  return undefined;
}

async function kindOf(path: string): Promise<'file' | 'directory' | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ? 'directory' : found?.isFile() ? 'file' : undefined;
}

/** An index that is no file is damage of a layout, which its reader tells; it makes no root file system of it. */
async function isLayout(path: string): Promise<boolean> {
  if ((await kindOf(join(path, 'oci-layout'))) !== 'file') return false;
  return stat(join(path, 'index.json')).then(
    () => true,
    () => false,
  );
}

async function archiveKind(path: string, limits: Limits): Promise<string> {
  const { isCompressed, openArchive } = await import('./archive.ts');
  // Unpacking takes long; what reads `docker save` archives reads OCI layouts as well.
  if (await isCompressed(path)) return 'docker-archive';
  await using archive = await openArchive(path, limits);
  const isSaved = (await archive.find('manifest.json')) !== undefined;
  return !isSaved && (await archive.find('oci-layout')) !== undefined ? 'oci-archive' : 'docker-archive';
}

/**
 * Splits `PATH[:TAG|@DIGEST]`. A path may hold colons itself, so the whole text is tried first.
 * @param exists Whether a path is of the kind that the source reads.
 */
export async function splitChoice(
  text: string,
  exists: (path: string) => Promise<boolean>,
): Promise<{ path: string; wanted?: string }> {
  if (await exists(text)) return { path: text };
  const at = text.indexOf('@sha');
  if (at > 0) return { path: text.slice(0, at), wanted: text.slice(at) };
  // A tag may be a whole name with its own colon: PATH:registry.example/app:1.0.
  for (let colon = text.indexOf(':'); colon > 0; colon = text.indexOf(':', colon + 1)) {
    if (await exists(text.slice(0, colon))) return { path: text.slice(0, colon), wanted: text.slice(colon + 1) };
  }
  return { path: text };
}
