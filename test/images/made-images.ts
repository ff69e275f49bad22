import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where real images are kept: `$PLIMSOLL_IMAGES`, else `.plimsoll/images` of the checkout. */
export const imagesDirectory: string = resolve(
  process.env.PLIMSOLL_IMAGES || join(import.meta.dirname, '../../.plimsoll/images'),
);

/** One real image that `npm run images` made; the fields of its `made.json`. */
export interface MadeImage {
  readonly name: string;
  /** Digest of what decided how it was made. */
  readonly recipe: string;
  /** The manifest's digest when all layers are gzip. */
  readonly digest: string;
  readonly layers: number;
  /** Bytes of all files of the root directory. */
  readonly bytes: number;
  readonly forms: readonly string[];
  readonly directory: string;
}

/** The image of that name, or undefined if it was not made on this machine. */
export function findMadeImage(name: string): MadeImage | undefined {
  const directory = join(imagesDirectory, name);
  const path = join(directory, 'made.json');
  if (!existsSync(path)) return undefined;
  return { ...(JSON.parse(readFileSync(path, 'utf8')) as Omit<MadeImage, 'directory'>), directory };
}

/** The reference under which Plimsoll reads a form of the image, such as `oci-dir:/path/oci:latest`. */
export function referenceTo({ directory }: MadeImage, form: string): string {
  if (form === 'root') return `dir:${join(directory, form)}`;
  if (form.startsWith('docker-archive')) return `docker-archive:${join(directory, `${form}.tar`)}`;
  if (form === 'oci-archive') return `oci-archive:${join(directory, `${form}.tar`)}`;
  return `oci-dir:${join(directory, form)}:latest`;
}

/** For `test(..., { skip })`: false if the image is there, else the reason, which is also shouted on stderr. */
export function skipUnlessMade(name: string): string | false {
  if (findMadeImage(name) !== undefined) return false;
  const reason = `SKIPPED: the real image ${name} was not made; run "npm run images" (Debian or Ubuntu, as root)`;
  process.stderr.write(`${reason}\n`);
  return reason;
}
