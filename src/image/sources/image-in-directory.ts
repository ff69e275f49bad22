import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../../base/model/problem.ts';

/** What tools write into a directory is far smaller. */
const maxBytes = 1 << 20;

/**
 * Says that a directory holds a stored image, where that is so: read as a root file system, it would seem to be an empty one.
 * @param directory The real path.
 * @param named As the user wrote it.
 */
export async function storedImageIn(directory: string, named: string): Promise<Problem | undefined> {
  if (await isOciLayout(directory))
    return toProblem('index.json', `an OCI layout; scan that with: plimsoll scan oci-dir:${named}`);
  if (await isSkopeoDirectory(directory))
    return toProblem(
      'manifest.json',
      `an image as \`skopeo copy … dir:\` writes it; copy it and scan that: skopeo copy dir:${named} oci-archive:image.tar && plimsoll scan oci-archive:image.tar`,
    );
  if (await isUnpackedSave(directory))
    return toProblem(
      'manifest.json',
      `an unpacked \`docker save\`; scan the archive itself, or pack it again: tar -C ${named} -cf image.tar . && plimsoll scan docker-archive:image.tar`,
    );
  return undefined;
}

function toProblem(path: string, what: string): Problem {
  const message = `This directory is no root file system but holds ${what}. The image was not read.`;
  return { kind: 'problem', where: { path }, code: 'unsupported', message };
}

/** https://github.com/opencontainers/image-spec/blob/main/image-layout.md */
async function isOciLayout(directory: string): Promise<boolean> {
  const layout = await readJson(join(directory, 'oci-layout'));
  return isObject(layout) && 'imageLayoutVersion' in layout && (await readText(join(directory, 'index.json'))) !== '';
}

/** https://github.com/containers/image/blob/main/docs/containers-transports.5.md: `dir:` */
async function isSkopeoDirectory(directory: string): Promise<boolean> {
  const version = await readText(join(directory, 'version'));
  return (
    version.startsWith('Directory Transport Version') && isObject(await readJson(join(directory, 'manifest.json')))
  );
}

async function isUnpackedSave(directory: string): Promise<boolean> {
  const manifest = await readJson(join(directory, 'manifest.json'));
  return Array.isArray(manifest) && isObject(manifest[0]) && 'Config' in manifest[0] && 'Layers' in manifest[0];
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(path));
  } catch {
    return undefined;
  }
}

/** Empty for what is no readable file of usual size. */
async function readText(path: string): Promise<string> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= maxBytes ? await readFile(path, 'utf8') : '';
  } catch {
    return '';
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
