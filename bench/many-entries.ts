// An image with more entries than any that a package mirror gives.
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { endOfArchive, tarHeader, tarPadding } from '../src/base/bytes/tar/writer.ts';
import { json } from '../test/images/build-image.ts';

const entriesPerLayer = 125_000;
const layerCount = 4;

/** Entries of the image that `makeManyEntries` writes. */
export const manyEntries: number = entriesPerLayer * layerCount;

/** An OCI directory of 500,000 small files in four gzip layers, one in 250 of them a `package.json`. Kept once made. */
export async function makeManyEntries(directory: string): Promise<string> {
  const path = join(directory, `entries-${manyEntries}`);
  if (existsSync(path)) return path;
  const aside = `${path}.making`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(join(aside, 'blobs', 'sha256'), { recursive: true });
  const layers: StoredLayer[] = [];
  for (let index = 0; index < layerCount; index++) layers.push(await writeLayer(aside, index));
  writeLayout(aside, layers);
  renameSync(aside, path);
  return path;
}

interface StoredLayer {
  readonly digest: string;
  readonly diffId: string;
  readonly size: number;
}

async function writeLayer(layout: string, index: number): Promise<StoredLayer> {
  const blobs = join(layout, 'blobs', 'sha256');
  const plain = createHash('sha256');
  const stored = createHash('sha256');
  let size = 0;
  const watchPlain = through((chunk) => plain.update(chunk));
  const watchStored = through((chunk) => {
    stored.update(chunk);
    size += chunk.length;
  });
  const tar = Readable.from(layerBytes(index));
  await pipeline(tar, watchPlain, createGzip(), watchStored, createWriteStream(join(blobs, 'layer')));
  const digest = stored.digest('hex');
  renameSync(join(blobs, 'layer'), join(blobs, digest));
  return { digest: `sha256:${digest}`, diffId: `sha256:${plain.digest('hex')}`, size };
}

function through(watch: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      watch(chunk);
      done(null, chunk);
    },
  });
}

/** Pieces of some hundred entries: single headers would make the streams dearer than the work. */
function* layerBytes(layer: number): Generator<Buffer> {
  let pieces: Buffer[] = [];
  for (let index = 0; index < entriesPerLayer; index++) {
    const { path, content } = smallFile(layer, index);
    const body = Buffer.from(content);
    pieces.push(tarHeader({ path, size: body.length, mode: 0o644 }), body, tarPadding(body.length));
    if (index % 400 === 399) {
      yield Buffer.concat(pieces);
      pieces = [];
    }
  }
  yield Buffer.concat([...pieces, endOfArchive]);
}

function smallFile(layer: number, index: number): { path: string; content: string } {
  const folder = `srv/part-${layer}/node_modules/module-${Math.floor(index / 250)}`;
  if (index % 250 === 0) {
    const name = `module-${Math.floor(index / 250)}`;
    return { path: `${folder}/package.json`, content: `{"name":"${name}","version":"${layer}.0.0"}` };
  }
  const path = `${folder}/lib/area-${index % 17}/file-${index}.js`;
  return { path, content: `module.exports = ${index};\n`.repeat(index % 40) };
}

function writeLayout(layout: string, layers: readonly StoredLayer[]): void {
  const config = writeBlob(layout, {
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
  });
  const manifest = writeBlob(layout, {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: layers.map(({ digest, size }) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      digest,
      size,
    })),
  });
  const annotations = { 'org.opencontainers.image.ref.name': 'latest' };
  const entry = { mediaType: 'application/vnd.oci.image.manifest.v1+json', ...manifest, annotations };
  writeFileSync(join(layout, 'index.json'), json({ schemaVersion: 2, manifests: [entry] }));
  writeFileSync(join(layout, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
}

function writeBlob(layout: string, value: object): { digest: string; size: number } {
  const bytes = json(value);
  const digest = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(layout, 'blobs', 'sha256', digest), bytes);
  return { digest: `sha256:${digest}`, size: bytes.length };
}
