import { PlimsollError } from '../../base/errors.ts';
import type { Image } from '../../base/model/image.ts';
import { containerdImageMissing, imagesOfName } from './containerd/find-image.ts';
import { findContainerdRoots } from './containerd/roots.ts';
import { type ContainerdStore, contentIn, readContainerdStore } from './containerd/store.ts';
import type { ContainerdImage } from './containerd/stored-images.ts';
import { oneLine } from './engine/engine-error.ts';
import { checkImageName } from './engine/find-image.ts';
import { openLayoutDescriptor } from './oci-layout.ts';
import type { OpenOptions } from './source.ts';
import { Folder } from './stored-files.ts';

/**
 * An image that containerd has, by reference or id: `app:1.2`. It is read from containerd's own directory, layers where they lie; no
 * daemon is asked, so that it may as well be one of a disk from elsewhere.
 */
export async function openContainerdImage(name: string, options: OpenOptions): Promise<Image> {
  checkImageName(name, 'containerd');
  const { stores, errors } = await readStores(options);
  const namespace = namespaceOf(options);
  const found = findIn(stores, name, namespace);
  if (found !== undefined) return openStored(found, `containerd:${name}`, options);
  const closed = errors.find(({ code }) => code === 'unauthorized');
  if (stores.length === 0) throw closed ?? errors[0]!;
  // What could not be read may have it.
  throw damageIn(stores) ?? containerdImageMissing(stores, { name, namespace, closed });
}

/** An image and the store that has it. */
export interface StoredImage {
  readonly store: ContainerdStore;
  readonly image: ContainerdImage;
}

/** An image of that name if a containerd here has it; undefined also where its store may not be read. Throws where that is damaged. */
export async function findContainerdImage(name: string, options: OpenOptions): Promise<StoredImage | undefined> {
  const { stores } = await readStores(options);
  const found = findIn(stores, name, namespaceOf(options));
  const damage = found === undefined ? damageIn(stores) : undefined;
  if (damage !== undefined) throw damage;
  return found;
}

/** Opens what was found. */
export function openStored({ store, image }: StoredImage, reference: string, options: OpenOptions): Promise<Image> {
  const { limits, platform } = options;
  const remedy = `containerd fetched only a part of the image (one platform of several, or layers that come when they are used), or dropped layers that it had unpacked (discard_unpacked_layers). Fetch it whole: ctr -n ${oneLine(image.namespace)} content fetch ${oneLine(image.name)}`;
  const choice = { reference, limits, platform, remedy };
  return openLayoutDescriptor(new Folder(contentIn(store.root)), image.target, choice, async () => {});
}

async function readStores(options: OpenOptions): Promise<{ stores: ContainerdStore[]; errors: PlimsollError[] }> {
  const stores: ContainerdStore[] = [];
  const errors: PlimsollError[] = [];
  for (const root of await findContainerdRoots(options.env ?? process.env)) {
    try {
      stores.push(await readContainerdStore(root, options.signal));
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      errors.push(error);
    }
  }
  return { stores, errors };
}

function findIn(stores: readonly ContainerdStore[], name: string, namespace: string): StoredImage | undefined {
  for (const store of stores) {
    const [image, other] = imagesOfName(
      store.images.filter((item) => item.namespace === namespace),
      name,
    );
    if (other !== undefined)
      throw new PlimsollError(
        'reference-unreadable',
        `Several images of containerd begin with ${name}; write more of it.`,
      );
    if (image !== undefined) return { store, image };
  }
  return undefined;
}

function damageIn(stores: readonly ContainerdStore[]): PlimsollError | undefined {
  const store = stores.find(({ damage }) => damage !== undefined);
  return (
    store &&
    new PlimsollError(
      'image-unreadable',
      `containerd's list of images in ${store.root} is damaged (${store.damage?.message}), and the image is not in what could be read of it. Pull it anew, or export it and scan that: ctr images export image.tar IMAGE`,
    )
  );
}

/** As containerd's own tools have it. */
function namespaceOf({ env = process.env }: OpenOptions): string {
  return env.CONTAINERD_NAMESPACE || 'default';
}
