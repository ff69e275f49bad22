import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PlimsollError } from '../../base/errors.ts';
import type { Image } from '../../base/model/image.ts';
import { storedImageIn } from './image-in-directory.ts';
import { unreadable } from './stored-files.ts';

/** A root file system in a directory; `dir:/` is the machine itself. */
export async function openDirectory(reference: string): Promise<Image> {
  // Mount points are told by their real paths.
  const rootDirectory = await realpath(resolve(reference)).catch((error: unknown) => {
    throw unreadable(resolve(reference), error);
  });
  const found = await stat(rootDirectory).catch((error: unknown) => {
    throw unreadable(rootDirectory, error);
  });
  if (!found.isDirectory()) throw new PlimsollError('reference-unreadable', `${rootDirectory} is no directory.`);
  const stored = await storedImageIn(rootDirectory, reference);
  return {
    reference: `dir:${reference}`,
    rootDirectory,
    config: noConfig,
    layers: [],
    problems: stored === undefined ? [] : [stored],
    [Symbol.asyncDispose]: async () => {},
  };
}

const noConfig = Object.freeze({
  platform: { os: 'linux', architecture: '' },
  env: [],
  entrypoint: [],
  cmd: [],
  exposedPorts: [],
  volumes: [],
  labels: {},
  history: [],
});
