// What every source must give of one image, whatever form it has: the contract of src/image/sources.
import { defaultLimits } from '../../src/base/limits.ts';
import type { Image } from '../../src/base/model/image.ts';
import { readLayerLog } from '../../src/image/tree/layer-log.ts';
import type { FileTaker } from '../../src/image/tree/layer-reading.ts';
import { readLayer } from '../../src/image/tree/read-layer.ts';
import { type BuiltImage, buildImage, type Compression, directory, file, symlink } from './build-image.ts';

/** Three layers, each compressed in its own way unless one way is given. */
export function contractImage(compression?: Compression): BuiltImage {
  return buildImage(
    [
      {
        members: [directory('etc'), file('etc/os-release', 'ID=debian\nVERSION_ID="12"\n'), symlink('bin', 'usr/bin')],
        compression: compression ?? 'gzip',
      },
      { members: [file('usr/bin/app', 'x'.repeat(100_000))], compression: compression ?? 'zstd' },
      { members: [file('etc/.wh.os-release')], compression: compression ?? 'none' },
    ],
    { config: { User: '1000', Env: ['A=b'], Entrypoint: ['/usr/bin/app'], Labels: { a: 'b' } } },
  );
}

/** The paths in its layers. */
export const contractPaths = [['etc', 'etc/os-release', 'bin'], ['usr/bin/app'], ['etc/.wh.os-release']];

/** For reading what is in a layer beside the files that somebody wants. */
export const takesNothing: FileTaker = {
  wants: () => 0,
  wantsLarge: () => 0,
  wantsPeek: () => false,
  wantsHead: () => 0,
  take: () => {},
  takeLarge: () => {},
  forget: () => {},
};

/** All that must be the same, with every layer read and verified. */
export async function contentOf(opened: Image): Promise<{ paths: string[][]; layers: unknown[] }> {
  const paths: string[][] = [];
  for (const layer of opened.layers) {
    const { log } = await readLayer(layer, takesNothing, { limits: defaultLimits });
    paths.push([...readLayerLog(log)].map(({ path }) => path));
  }
  const { configDigest, platform, config, problems } = opened;
  const layers = opened.layers.map(({ index, diffId, createdBy }) => ({ index, diffId, createdBy }));
  return { ...{ configDigest, platform, config, problems }, layers, paths };
}
