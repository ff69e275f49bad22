import { PlimsollError } from '../../../base/errors.ts';
import { formatRegistryReference, parseRegistryReference, type RegistryReference } from '../../registry/reference.ts';
import { oneLine } from '../engine/engine-error.ts';
import type { ContainerdStore } from './store.ts';
import type { ContainerdImage } from './stored-images.ts';

/** Images named in an error at most. */
const maxListed = 5;

/**
 * Picks the images that a name means: those of just that name, else of the whole name that it is short for, else of that name and
 * digest, else of that id. More than one where an id is too short.
 */
export function imagesOfName(images: readonly ContainerdImage[], name: string): ContainerdImage[] {
  const reference = toReference(name);
  const whole = reference && formatRegistryReference(withTag(reference));
  for (const is of [
    (image: ContainerdImage) => image.name === name,
    (image: ContainerdImage) => image.name === whole,
    (image: ContainerdImage) => reference !== undefined && isAtDigest(image, reference),
    (image: ContainerdImage) => isOfId(image, name),
  ]) {
    const found = images.filter(is);
    if (found.length > 0) return withOwnTarget(found);
  }
  return [];
}

/** What was looked for in vain. */
interface Missing {
  readonly name: string;
  readonly namespace: string;
  /** Why a further store could not be looked through. */
  readonly closed: PlimsollError | undefined;
}

/** `not-found`: what the stores have instead, and in which other namespaces the name is. */
export function containerdImageMissing(
  stores: readonly ContainerdStore[],
  { name, namespace, closed }: Missing,
): PlimsollError {
  const where = stores.map(({ root }) => root).join(', ');
  const all = stores.flatMap(({ images }) => images);
  const elsewhere = [...new Set(imagesOfNameAnywhere(all, name))];
  if (elsewhere.length > 0)
    return new PlimsollError(
      'not-found',
      `containerd has ${name} in the namespace ${elsewhere.join(' and ')}, not in ${namespace}. Name it: CONTAINERD_NAMESPACE=${elsewhere[0]} plimsoll scan containerd:${name}`,
    );
  const here = all.filter((image) => image.namespace === namespace).map((image) => oneLine(image.name));
  const more = here.length > maxListed ? ' …' : '';
  const has =
    here.length === 0
      ? `It has none there; its namespaces with images: ${listNamespaces(all)}.`
      : `It has: ${here.slice(0, maxListed).join(', ')}${more}.`;
  return new PlimsollError(
    'not-found',
    `containerd in ${where} has no image ${name} in the namespace ${namespace}. ${has} Pull it first, or write registry:${name} for an image in a registry.${closed === undefined ? '' : ` ${closed.message}`}`,
  );
}

function imagesOfNameAnywhere(images: readonly ContainerdImage[], name: string): string[] {
  return imagesOfName(images, name).length === 0
    ? []
    : namespacesOf(images).filter(
        (namespace) =>
          imagesOfName(
            images.filter((image) => image.namespace === namespace),
            name,
          ).length > 0,
      );
}

function listNamespaces(images: readonly ContainerdImage[]): string {
  return namespacesOf(images).slice(0, maxListed).join(', ') || 'none';
}

function namespacesOf(images: readonly ContainerdImage[]): string[] {
  return [...new Set(images.map(({ namespace }) => oneLine(namespace)))];
}

function toReference(name: string): RegistryReference | undefined {
  try {
    return parseRegistryReference(name);
  } catch {
    return undefined;
  }
}

function withTag(reference: RegistryReference): RegistryReference {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;
}

/** Whatever its tag, an image of that repository with that digest. */
function isAtDigest({ name, target }: ContainerdImage, wanted: RegistryReference): boolean {
  if (wanted.digest === undefined || target.digest !== wanted.digest) return false;
  const has = toReference(name);
  return has?.registry === wanted.registry && has.repository === wanted.repository;
}

/** The target's digest or the configuration's, as nerdctl and crictl show them: whole or from twelve digits on. */
function isOfId({ name, target }: ContainerdImage, text: string): boolean {
  if (!/^(?:sha256:)?[0-9a-f]{12,64}$/.test(text)) return false;
  const id = text.startsWith('sha256:') ? text : `sha256:${text}`;
  return target.digest.startsWith(id) || name.startsWith(id);
}

/** Several names of one image are one image. */
function withOwnTarget(images: readonly ContainerdImage[]): ContainerdImage[] {
  return [...new Map(images.map((image) => [image.target.digest, image])).values()];
}
