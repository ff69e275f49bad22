import type { Report } from '../../base/model/report.ts';
import { parseImageName, toImagePurl } from '../image-name.ts';
import { toProblemText } from '../problem-text.ts';
import type { Component, Metadata } from './bom.ts';
import { toVersion } from './components.ts';
import { toProperties } from './properties.ts';

/** Who made the document, about what, with which data, and what could not be read. */
export function toMetadata(report: Report, imageRef: string): Metadata {
  return {
    timestamp: report.created,
    tools: { components: [{ type: 'application', name: report.tool.name, version: report.tool.version }] },
    component: toImageComponent(report.image, imageRef),
    properties: toProperties({
      data: Object.entries(report.data).map(
        ([shard, { source, asOf, advisories }]) => `${shard} as of ${asOf}, ${advisories} advisories, from ${source}`,
      ),
      unscanned: report.unscanned.map(({ reason, packages }) => `${packages} packages: ${reason}`),
      problem: report.problems.map(toProblemText),
    }),
  };
}

/** A root file system in a directory has no layers and is no container. */
function toImageComponent(image: Report['image'], ref: string): Component {
  const { reference, digest, configDigest, platform, os, contentSets, layers } = image;
  const name = parseImageName(reference);
  return {
    type: layers.length > 0 ? 'container' : 'platform',
    'bom-ref': ref,
    name: name?.repository ?? reference,
    version: digest ?? (name?.tag && toVersion(name.tag)),
    purl: toImagePurl(image),
    properties: toProperties({
      reference,
      tag: name?.tag,
      'config-digest': configDigest,
      platform: platform && [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/'),
      os: os && [os.id, os.versionId].filter(Boolean).join(' '),
      'content-set': contentSets,
      layer: layers.map(({ diffId }) => diffId),
    }),
  };
}
