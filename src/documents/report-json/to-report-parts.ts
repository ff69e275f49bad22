import type { Platform } from '../../base/model/image.ts';
import type { Location, OperatingSystem, Package } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';
import type { Action, DataUsed, Finding, Report } from '../../base/model/report.ts';
import type { Support } from '../../base/model/support.ts';
import { isUnread } from '../../base/unread.ts';
import type {
  ActionJson,
  DataJson,
  FindingJson,
  ImageJson,
  LocationJson,
  OsJson,
  PackageJson,
  ProblemJson,
} from './report-json.ts';

/** Converts what is known of the image. */
export function toImageJson(image: Report['image']): ImageJson {
  const { reference, digest, configDigest, platform, os, support, contentSets, layers } = image;
  return {
    reference,
    digest: digest ?? null,
    configDigest,
    platform: platform ? toPlatformText(platform) : null,
    os: os ? toOsJson(os, support) : null,
    contentSets,
    layers: layers.map(({ diffId, createdBy }) => ({ diffId, createdBy })),
  };
}

function toPlatformText({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined).join('/');
}

function toOsJson({ id, versionId, name, codename, idLike, path }: OperatingSystem, support?: Support): OsJson {
  const { eol, extended, source, state = 'unknown' } = support ?? {};
  return {
    id,
    versionId: versionId ?? null,
    name: name ?? null,
    eol: eol ?? null,
    support: state,
    extendedSupport: extended && { eol: extended.eol, name: extended.name },
    supportSource: source,
    codename,
    idLike,
    path,
  };
}

/** Converts one package. */
export function toPackageJson(item: Package): PackageJson {
  const { purl, ecosystem, release, type, name, version, state, source } = item;
  const { architecture, licenses, maintainer, origin, development, repository, ownedBy, locations } = item;
  return {
    purl,
    ecosystem,
    release,
    type,
    name,
    version,
    state,
    source: source && { name: source.name, version: source.version },
    architecture,
    licenses,
    maintainer,
    origin,
    development,
    repository,
    ownedBy,
    locations: locations.map(toLocationJson),
  };
}

/** Converts one place of a package. */
export function toLocationJson({ path, layer }: Location): LocationJson {
  return { path, layer: layer ?? null };
}

/** Converts one finding. */
export function toFindingJson({ rule, severity, title, evidence, fix }: Finding): FindingJson {
  const texts = evidence.map(({ path, text }) => ({ path, text }));
  return { rule, severity, title, evidence: texts, fix };
}

/** Converts one problem. */
export function toProblemJson({ where, code, message }: Problem): ProblemJson {
  const { layer, path, offset, unit } = where;
  return {
    where: { layer, path, offset, unit },
    code,
    unread: isUnread({ code }),
    message,
  };
}

/** Converts one action. */
export function toActionJson({ title, clears, packages }: Action): ActionJson {
  return { title, clears, packages };
}

/** Converts what is known of one shard. */
export function toDataJson({ source, asOf, fetched, advisories }: DataUsed): DataJson {
  return { source, asOf, fetched, advisories };
}
