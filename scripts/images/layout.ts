// OCI layouts whose layers are compressed as a test wants them. https://github.com/opencontainers/image-spec/blob/main/image-layout.md
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './commands.ts';

/** How one layer is stored. */
export type Compression = 'gzip' | 'zstd' | 'none';

/** A reference to a blob by digest. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** The parts of a manifest that are needed here. */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

const layerType = 'application/vnd.oci.image.layer.v1.tar';

/** Where a layout keeps a blob. */
export function blobPath(layout: string, digest: string): string {
  return join(layout, 'blobs', digest.replace(':', '/'));
}

/** The one manifest of a layout made here. */
export function readManifest(layout: string): Manifest {
  return readJson(blobPath(layout, readManifestDescriptor(layout).digest)) as Manifest;
}

/** What the layout's index says of its one manifest. */
export function readManifestDescriptor(layout: string): Descriptor {
  return (readJson(join(layout, 'index.json')) as { manifests: [Descriptor] }).manifests[0];
}

/** Writes the same image once more, its layers compressed in turn as told, from the base upwards. */
export function recompress(from: string, to: string, compressions: readonly Compression[]): void {
  mkdirSync(join(to, 'blobs', 'sha256'), { recursive: true });
  const manifest = readManifest(from);
  const layers = manifest.layers.map(({ digest }, index) => {
    const compression = compressions[index % compressions.length]!;
    return compressLayer(blobPath(from, digest), to, compression);
  });
  cpSync(blobPath(from, manifest.config.digest), blobPath(to, manifest.config.digest));
  const bytes = Buffer.from(JSON.stringify({ ...manifest, layers }));
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  writeFileSync(blobPath(to, digest), bytes);
  writeIndex(to, { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: bytes.length });
}

function compressLayer(gzipped: string, to: string, compression: Compression): Descriptor {
  const path = join(to, 'layer');
  const filter = { gzip: 'cat', zstd: 'gzip -dc | zstd -q -T1', none: 'gzip -dc' }[compression];
  runCommand('bash', ['-c', `set -o pipefail; < "$1" ${filter} > "$2"`, 'bash', gzipped, path]);
  const digest = `sha256:${runCommand('sha256sum', [path]).slice(0, 64)}`;
  const { size } = statSync(path);
  renameSync(path, blobPath(to, digest));
  return { mediaType: compression === 'none' ? layerType : `${layerType}+${compression}`, digest, size };
}

function writeIndex(layout: string, manifest: Descriptor): void {
  const annotations = { 'org.opencontainers.image.ref.name': 'latest' };
  const index = { schemaVersion: 2, manifests: [{ ...manifest, annotations }] };
  writeFileSync(join(layout, 'index.json'), JSON.stringify(index));
  writeFileSync(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
