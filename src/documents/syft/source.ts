import type { OperatingSystem } from '../../base/model/package.ts';
import type { Report } from '../../base/model/report.ts';
import { parseImageName } from '../image-name.ts';
import { toId } from '../package-ids.ts';
import type { Distro, Source } from './document.ts';

/** What was read: an image, or a root file system in a directory, which has no layers. */
export function toSource(image: Report['image']): Source {
  const { reference, digest, configDigest, layers } = image;
  const id = `source-${toId(`${reference}\n${digest ?? configDigest ?? ''}`)}`;
  if (layers.length === 0) {
    const path = reference.replace(/^dir:/, '');
    return { id, name: path, version: '', type: 'directory', metadata: { path } };
  }
  const name = parseImageName(reference);
  return {
    id,
    name: name?.repository ?? reference,
    version: digest ?? name?.tag ?? '',
    type: 'image',
    metadata: toImageMetadata(image),
  };
}

/** Sizes, media types and the manifest are not kept: they are 0 and empty, and mean that nobody knows. */
function toImageMetadata({ reference, digest, configDigest, platform, layers }: Report['image']): Source['metadata'] {
  const name = parseImageName(reference);
  return {
    userInput: reference,
    imageID: configDigest ?? '',
    manifestDigest: digest ?? '',
    mediaType: '',
    tags: name?.tag ? [`${name.repository}:${name.tag}`] : [],
    imageSize: 0,
    layers: layers.map(({ diffId }) => ({ mediaType: '', digest: diffId, size: 0 })),
    manifest: '',
    config: '',
    repoDigests: name && digest ? [`${name.repository}@${digest}`] : [],
    architecture: platform?.architecture ?? '',
    architectureVariant: platform?.variant,
    os: platform?.os ?? '',
  };
}

/** The distribution; an empty object where there is none. */
export function toDistro(system: OperatingSystem | undefined): Distro | Record<string, never> {
  if (system === undefined) return {};
  const { id, idLike, versionId, codename, name } = system;
  return { prettyName: name, name: name ?? id, id, idLike, versionID: versionId, versionCodename: codename };
}
