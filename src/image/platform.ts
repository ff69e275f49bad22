import { endianness } from 'node:os';
import { PlimsollError } from '../base/errors.ts';
import type { Descriptor, Platform } from '../base/model/image.ts';

/** Names that people and other tools use for Go's architectures. */
const architectureAliases: ReadonlyMap<string, Pick<Platform, 'architecture' | 'variant'>> = new Map([
  ['x86_64', { architecture: 'amd64' }],
  ['x86-64', { architecture: 'amd64' }],
  ['x64', { architecture: 'amd64' }],
  ['aarch64', { architecture: 'arm64' }],
  ['armhf', { architecture: 'arm', variant: 'v7' }],
  ['armel', { architecture: 'arm', variant: 'v6' }],
  ['i386', { architecture: '386' }],
  ['ia32', { architecture: '386' }],
]);
/** The variant that is meant where none is said. */
const defaultVariants: ReadonlyMap<string, number> = new Map([
  ['amd64', 1],
  ['arm', 7],
  ['arm64', 8],
]);
/** Platforms named in an error at most. */
const maxListed = 30;

/** Reads `os/architecture[/variant]`, such as `linux/arm/v7`; undefined for anything else. */
export function parsePlatform(text: string): Platform | undefined {
  const match = /^([a-z0-9_.-]{1,32})\/([a-z0-9_.-]{1,32})(?:\/([a-z0-9_.-]{1,32}))?$/.exec(text.toLowerCase());
  if (match === null) return undefined;
  const [, os, architecture, variant] = match as unknown as [string, string, string, string | undefined];
  const known = architectureAliases.get(architecture) ?? { architecture };
  return { os, ...known, ...(variant === undefined ? {} : { variant }) };
}

/** Whether an image made for one platform is what was asked for; a variant that only one of them says does not count. */
export function fitsPlatform(has: Platform, wanted: Platform): boolean {
  return isSameSystem(has, wanted) && (!has.variant || !wanted.variant || distance(has, wanted) !== undefined);
}

/**
 * The image of an index that is meant: of the wanted platform, else of this machine's architecture under Linux, else the only
 * one there is. Attestations are no images. Throws `reference-unreadable` with a list of what there is.
 * @param where Names the index in errors.
 */
export function choosePlatform(
  { manifests }: { readonly manifests: readonly Descriptor[] },
  wanted: Platform | undefined,
  where: string,
): Descriptor {
  const images = manifests.filter(isImage);
  const found = nearest(images, wanted ?? nativePlatform());
  if (found !== undefined) return found;
  if (wanted === undefined && images.length === 1) return images[0]!;
  throw new PlimsollError(
    'reference-unreadable',
    `${where} has no image for ${formatPlatform(wanted ?? nativePlatform())}. ${listPlatforms(images)}`,
  );
}

/** BuildKit keeps attestations beside images: https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
function isImage({ platform, annotations }: Descriptor): boolean {
  if (annotations?.['vnd.docker.reference.type'] !== undefined) return false;
  return !(platform?.os === 'unknown' && platform.architecture === 'unknown');
}

function nativePlatform(): Platform {
  const architectures: Readonly<Record<string, string>> = {
    x64: 'amd64',
    ia32: '386',
    mips64el: 'mips64le',
    ppc64: endianness() === 'LE' ? 'ppc64le' : 'ppc64',
  };
  return { os: 'linux', architecture: architectures[process.arch] ?? process.arch };
}

/** The first of those that are nearest. */
function nearest(images: readonly Descriptor[], wanted: Platform): Descriptor | undefined {
  let best: { image: Descriptor; distance: number } | undefined;
  for (const image of images) {
    const far = image.platform === undefined ? undefined : distance(image.platform, wanted);
    if (far !== undefined && (best === undefined || far < best.distance)) best = { image, distance: far };
  }
  return best?.image;
}

/**
 * How far an image is from what is wanted; undefined where it would not do. Lower variants run on higher ones. Higher ones do
 * only where no variant was asked for, since then any image of the architecture will do.
 */
function distance(has: Platform, wanted: Platform): number | undefined {
  if (!isSameSystem(has, wanted)) return undefined;
  if (has.variant === wanted.variant) return 0;
  const hasNumber = variantNumber(has);
  const wantedNumber = variantNumber(wanted);
  if (hasNumber === undefined || wantedNumber === undefined) return wanted.variant ? undefined : 1000;
  if (hasNumber <= wantedNumber) return 1 + wantedNumber - hasNumber;
  return wanted.variant ? undefined : 100 + hasNumber;
}

function isSameSystem(has: Platform, wanted: Platform): boolean {
  return has.os === wanted.os && architectureOf(has) === wanted.architecture;
}

function architectureOf({ architecture }: Platform): string {
  return architectureAliases.get(architecture)?.architecture ?? architecture;
}

/** `v7` is 7, `v8.2` is 8.02. */
function variantNumber(platform: Platform): number | undefined {
  if (!platform.variant) return defaultVariants.get(architectureOf(platform));
  const match = /^v?(\d{1,2})(?:\.(\d{1,2}))?$/.exec(platform.variant);
  return match === null ? undefined : Number(match[1]) + Number(match[2] ?? 0) / 100;
}

function listPlatforms(images: readonly Descriptor[]): string {
  const names = [
    ...new Set(images.map(({ platform }) => (platform ? formatPlatform(platform) : 'one without platform'))),
  ];
  if (names.length === 0) return 'It lists no image.';
  const more = names.length > maxListed ? ' …' : '';
  return `It has: ${names.slice(0, maxListed).join(', ')}${more}. Choose with --platform.`;
}

/** `os/arch[/variant]` for a person. The names may come from an image, so control characters are replaced. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  const text = [os, architecture, variant].filter(Boolean).join('/');
  return text.slice(0, 80).replace(/[^\x20-\x7e]/g, '?');
}
