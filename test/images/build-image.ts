// Builds small images in memory for tests: layers from members, and the forms in which images are stored.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { endOfArchive, type TarMember, tarHeader, tarPadding } from '../../src/base/bytes/tar/writer.ts';
import type { Digest } from '../../src/base/model/image.ts';

export interface Member extends TarMember {
  readonly content?: string | Buffer;
}

export type Compression = 'none' | 'gzip' | 'zstd';

export interface LayerSpec {
  readonly members: readonly Member[];
  readonly compression?: Compression;
}

export interface BuiltLayer {
  readonly tar: Buffer;
  readonly blob: Buffer;
  readonly diffId: Digest;
  readonly digest: Digest;
  readonly mediaType: string;
}

export interface BuiltImage {
  readonly layers: readonly BuiltLayer[];
  readonly config: Buffer;
  readonly manifest: Buffer;
  readonly blobs: ReadonlyMap<Digest, Buffer>;
}

export function file(path: string, content: string | Buffer = '', more: Partial<Member> = {}): Member {
  return { path, content, ...more };
}

export function directory(path: string, more: Partial<Member> = {}): Member {
  return { path: `${path}/`, type: '5', mode: 0o755, ...more };
}

export function symlink(path: string, linkName: string): Member {
  return { path, type: '2', linkName, mode: 0o777 };
}

export function hardlink(path: string, linkName: string): Member {
  return { path, type: '1', linkName };
}

export function buildTar(members: readonly Member[]): Buffer {
  const parts = members.flatMap(({ content, ...member }) => {
    const body = Buffer.from(content ?? '');
    return [tarHeader({ ...member, size: body.length }), body, tarPadding(body.length)];
  });
  return Buffer.concat([...parts, endOfArchive]);
}

export function digestOf(bytes: Buffer): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export function buildImage(specs: readonly LayerSpec[], config: object = {}): BuiltImage {
  const layers = specs.map(buildLayer);
  const configBytes = json({
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map((_layer, index) => ({ created_by: `step ${index + 1}` })),
    ...config,
  });
  const manifest = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: digestOf(configBytes),
      size: configBytes.length,
    },
    layers: layers.map(({ mediaType, digest, blob }) => ({ mediaType, digest, size: blob.length })),
  });
  const blobs = new Map([
    [digestOf(configBytes), configBytes],
    [digestOf(manifest), manifest],
    ...layers.map(({ digest, blob }): [Digest, Buffer] => [digest, blob]),
  ]);
  return { layers, config: configBytes, manifest, blobs };
}

/** Writes an OCI layout; answers its path. */
export function writeOciDir(image: BuiltImage, path: string, tag = 'latest'): string {
  for (const [name, bytes] of layoutFiles(image, tag)) writeInto(join(path, name), bytes);
  return path;
}

export function writeOciArchive(image: BuiltImage, path: string, tag = 'latest'): string {
  writeInto(path, buildTar([...layoutFiles(image, tag)].map(([name, bytes]) => file(name, bytes))));
  return path;
}

export function writeOldDockerArchive(image: BuiltImage, path: string, tag = 'app:latest'): string {
  writeInto(path, buildTar(oldDockerMembers(image, tag)));
  return path;
}

export function writeNewDockerArchive(image: BuiltImage, path: string, tag = 'app:latest'): string {
  writeInto(path, buildTar(newDockerMembers(image, tag)));
  return path;
}

/** As Docker up to 24 saves: each layer plain, in a folder of its own. */
export function oldDockerMembers(image: BuiltImage, tag: string): Member[] {
  const config = `${digestOf(image.config).slice(7)}.json`;
  const layers = image.layers.map(({ diffId, tar }) => ({ name: `${diffId.slice(7)}/layer.tar`, tar }));
  const manifest = json([{ Config: config, RepoTags: [tag], Layers: layers.map(({ name }) => name) }]);
  return [
    ...layers.map(({ name, tar }) => file(name, tar)),
    file(config, image.config),
    file('manifest.json', manifest),
  ];
}

/** As Docker since 25 saves: an OCI layout with a `manifest.json` beside it. */
export function newDockerMembers(image: BuiltImage, tag: string): Member[] {
  const blob = (digest: Digest) => `blobs/${digest.replace(':', '/')}`;
  const manifest = json([
    { Config: blob(digestOf(image.config)), RepoTags: [tag], Layers: image.layers.map(({ digest }) => blob(digest)) },
  ]);
  return [...[...layoutFiles(image, tag)].map(([name, bytes]) => file(name, bytes)), file('manifest.json', manifest)];
}

export function layoutFiles(image: BuiltImage, tag: string): Map<string, Buffer> {
  const index = json({
    schemaVersion: 2,
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: digestOf(image.manifest),
        size: image.manifest.length,
        annotations: { 'org.opencontainers.image.ref.name': tag },
      },
    ],
  });
  const files = new Map([
    ['oci-layout', json({ imageLayoutVersion: '1.0.0' })],
    ['index.json', index],
  ]);
  for (const [digest, bytes] of image.blobs) files.set(`blobs/${digest.replace(':', '/')}`, bytes);
  return files;
}

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function buildLayer({ members, compression = 'gzip' }: LayerSpec): BuiltLayer {
  const tar = buildTar(members);
  const blob = compression === 'gzip' ? gzipSync(tar) : compression === 'zstd' ? zstdCompressSync(tar) : tar;
  const suffix = compression === 'none' ? '' : `+${compression}`;
  return {
    tar,
    blob,
    diffId: digestOf(tar),
    digest: digestOf(blob),
    mediaType: `application/vnd.oci.image.layer.v1.tar${suffix}`,
  };
}

function writeInto(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
