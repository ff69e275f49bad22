import {
  type BoltBucket,
  type BoltDatabase,
  findBoltValue,
  readBoltBucket,
} from '../../../base/bytes/bolt/read-bolt.ts';
import { type Damage, damage, isDamage } from '../../../base/bytes/damage.ts';
import type { Descriptor } from '../../../base/model/image.ts';
import { parseDigest } from '../../descriptor.ts';

/** An image as containerd has it: a name for an index or a manifest. */
export interface ContainerdImage {
  readonly kind: 'image';
  readonly namespace: string;
  /** Whole, with registry and tag or digest; of Kubernetes also `sha256:` and the configuration's digest. */
  readonly name: string;
  readonly target: Descriptor;
}

/** Of all namespaces; a machine has some hundreds. */
const maxImages = 100_000;
/** Registries allow 255 characters for a name, and a tag or digest of 128 more. */
const maxNameBytes = 1024;

/**
 * The images of all namespaces, from the buckets version, namespace, `images`, name, `target`.
 * https://github.com/containerd/containerd/blob/main/core/metadata/buckets.go
 */
export function* readStoredImages(database: BoltDatabase): Generator<ContainerdImage | Damage> {
  const schema = bucketAt(database, database.root, 'v1');
  // A containerd that never had an image may have none.
  if (schema === undefined) return;
  let count = 0;
  for (const namespace of bucketsIn(database, schema)) {
    const images = isDamage(namespace) ? namespace : bucketAt(database, namespace.bucket, 'images');
    if (isDamage(namespace) || images === undefined) {
      if (isDamage(namespace)) yield namespace;
      continue;
    }
    for (const image of bucketsIn(database, images)) {
      if (++count > maxImages) return yield damage('too-many', 0, `it has more than ${maxImages} images`);
      yield isDamage(image) ? image : toImage(database, namespace.name, image);
    }
  }
}

interface NamedBucket {
  readonly kind: 'named';
  readonly name: string;
  readonly bucket: BoltBucket;
}

function* bucketsIn(database: BoltDatabase, bucket: BoltBucket | Damage): Generator<NamedBucket | Damage> {
  if (isDamage(bucket)) return yield bucket;
  for (const entry of readBoltBucket(database, bucket)) {
    if (isDamage(entry)) yield entry;
    else if (entry.key.length > maxNameBytes) yield damage('too-large', 0, `a name of ${entry.key.length} bytes`);
    else if (entry.value.kind === 'bucket')
      yield { kind: 'named', name: entry.key.toString('utf8'), bucket: entry.value };
  }
}

function bucketAt(database: BoltDatabase, bucket: BoltBucket, key: string): BoltBucket | Damage | undefined {
  const found = findBoltValue(database, bucket, key);
  return found?.kind === 'value' ? damage('malformed', 0, `"${key}" is no bucket`) : found;
}

function toImage(database: BoltDatabase, namespace: string, { name, bucket }: NamedBucket): ContainerdImage | Damage {
  const target = bucketAt(database, bucket, 'target');
  if (target !== undefined && isDamage(target)) return target;
  const text = (key: string): Buffer | undefined => {
    const found = target === undefined ? undefined : findBoltValue(database, target, key);
    return found?.kind === 'value' && found.bytes.length <= maxNameBytes ? found.bytes : undefined;
  };
  const digest = parseDigest(text('digest')?.toString('latin1') ?? '');
  const size = readVarint(text('size') ?? Buffer.alloc(0));
  if (digest === undefined || size === undefined)
    return damage('incomplete', 0, `the image ${JSON.stringify(name.slice(0, 300))} has no digest or no size`);
  const mediaType = text('mediatype')?.toString('latin1') ?? '';
  return { kind: 'image', namespace, name, target: { mediaType, digest, size } };
}

/** A signed number as Go's encoding/binary writes it: zigzag, seven bits a byte, the lowest first. */
function readVarint(bytes: Buffer): number | undefined {
  let value = 0;
  for (const [place, byte] of bytes.subarray(0, 8).entries()) {
    value += (byte & 0x7f) * 2 ** (7 * place);
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : undefined;
  }
  return undefined;
}
