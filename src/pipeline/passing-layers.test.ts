import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BuiltImage, buildImage, type Compression, type Member } from '../../test/images/build-image.ts';
import { damagedMember, npmLibrary } from '../../test/sample-scan.ts';
import { defaultLimits, type Limits } from '../base/limits.ts';
import type { Layer } from '../base/model/image.ts';
import { PassingLayers } from './passing-layers.ts';

function build(members: readonly Member[], compression: Compression = 'gzip'): BuiltImage['layers'][number] {
  return buildImage([{ members, compression }]).layers[0]!;
}

async function* chunks(bytes: Buffer, size = 700): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function pass(blobs: readonly Buffer[], limits: Limits = defaultLimits): Promise<PassingLayers> {
  const passed = new PassingLayers({ limits });
  for (const blob of blobs) await passed.take(chunks(blob));
  return passed;
}

type Built = ReturnType<typeof build>;

/** As an engine's image has it, with the digest of the stored bytes or without. */
function layerOf({ diffId, digest, mediaType, blob }: Built, withDescriptor: boolean): Layer {
  const descriptor = { mediaType, digest, size: blob.length };
  return { index: 0, diffId, local: false, open: () => chunks(blob), ...(withDescriptor ? { descriptor } : {}) };
}

for (const compression of ['none', 'gzip', 'zstd'] as const)
  test(`what passes by in ${compression} is found by its digests, until it was given for the last time`, async () => {
    const layer = build([npmLibrary('left-sail', '1.0.0')], compression);
    const passed = await pass([layer.blob]);
    assert.equal(passed.release(layerOf(layer, true), false)?.facts.size, 1);
    assert.equal(passed.release(layerOf(layer, false), true)?.count, 1);
    assert.equal(passed.release(layerOf(layer, false), true), undefined);
  });

test('other stored bytes of the same content are not taken for those that a descriptor names', async () => {
  const members = [npmLibrary('left-sail', '1.0.0')];
  const passed = await pass([build(members, 'zstd').blob]);
  assert.equal(passed.release(layerOf(build(members, 'gzip'), true), false), undefined);
  assert.ok(passed.release(layerOf(build(members, 'gzip'), false), false));
});

test('problems name the layer that they were found in', async () => {
  const layer = build([damagedMember, { path: '../outside', content: '' }]);
  const found = (await pass([layer.blob])).release(layerOf(layer, true), true)!;
  assert.deepEqual(
    found.problems.map(({ where }) => where.layer),
    [layer.diffId],
  );
});

test('what is damaged, cut off or no layer is let go', async () => {
  const layer = build([npmLibrary('left-sail', '1.0.0')]);
  const flipped = Buffer.from(layer.blob);
  flipped[flipped.length - 6]! ^= 1;
  const passed = await pass([layer.blob.subarray(0, 40), flipped, Buffer.alloc(0), Buffer.from('BZh9 text')]);
  assert.equal(passed.release(layerOf(layer, true), true), undefined);
});

test('no more is held than one image may have', async () => {
  const [first, second] = ['a', 'b'].map((name) => build([npmLibrary(name, '1.0.0')])) as [Built, Built];
  for (const limits of [
    { ...defaultLimits, maxEntries: 1 },
    { ...defaultLimits, maxPackages: 1 },
  ]) {
    const passed = await pass([first.blob, second.blob], limits);
    assert.ok(passed.release(layerOf(first, true), true));
    assert.equal(passed.release(layerOf(second, true), true), undefined);
  }
});

test('a fault that is none of the bytes is passed on', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(10);
    throw new TypeError('a bug');
  }
  await assert.rejects(new PassingLayers({ limits: defaultLimits }).take(failing()), TypeError);
});
