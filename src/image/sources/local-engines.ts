import { PlimsollError } from '../../base/errors.ts';
import type { Image } from '../../base/model/image.ts';
import { systemCodeOf } from '../../base/net/network-error.ts';
import { fitsPlatform } from '../platform.ts';
import { findContainerdImage, openStored } from './containerd.ts';
import { docker } from './docker.ts';
import type { EngineKind } from './engine/engine.ts';
import { checkImageName } from './engine/find-image.ts';
import { findEngineImage, type LocalImage, openFound } from './engine/open-engine-image.ts';
import { podman } from './podman.ts';
import type { OpenOptions } from './source.ts';

/** An engine that does not greet within this is passed over for the registry. */
const timeoutMs = 5_000;

/**
 * An image that was named without a scheme, if an engine on this machine has it: Docker, else Podman, else containerd. Notes which
 * one it was, and why one that listens could not be asked.
 */
export async function openLocalImage(name: string, options: OpenOptions): Promise<Image | undefined> {
  if (!isImageName(name)) return undefined;
  for (const kind of [docker, podman]) {
    const local = await findIn(kind, name, options);
    if (local === undefined) continue;
    const { title, at } = local.engine;
    options.onNote?.(`${name} is taken from ${title} at ${at}; registry:${name} would ask its registry.`);
    return openFound(local, `${kind.scheme}:${name}`, options).catch((error: unknown) => {
      local.engine.close();
      throw error;
    });
  }
  return openOfContainerd(name, options);
}

/** containerd often has a part of an image only: then that is told, and the registry has the whole. */
async function openOfContainerd(name: string, options: OpenOptions): Promise<Image | undefined> {
  try {
    const found = await findContainerdImage(name, options);
    if (found === undefined) return undefined;
    const image = await openStored(found, `containerd:${name}`, options);
    options.onNote?.(
      `${name} is taken from containerd in ${found.store.root}; registry:${name} would ask its registry.`,
    );
    return image;
  } catch (error) {
    if (!(error instanceof PlimsollError) || options.signal?.aborted) throw error;
    options.onNote?.(`${error.message} The registry is asked instead.`);
    return undefined;
  }
}

async function findIn(kind: EngineKind, name: string, options: OpenOptions): Promise<LocalImage | undefined> {
  try {
    const local = await findEngineImage(kind, name, { ...options, timeoutMs });
    if (local === undefined || hasPlatform(local, options)) return local;
    local.engine.close();
    return undefined;
  } catch (error) {
    if (!(error instanceof PlimsollError) || options.signal?.aborted) throw error;
    if (!isAbsent(error, kind)) options.onNote?.(`${error.message} The registry is asked instead.`);
    return undefined;
  }
}

/** Whoever asks for another platform than the engine has means that of the registry. */
function hasPlatform({ found }: LocalImage, { platform }: OpenOptions): boolean {
  return platform === undefined || found.platforms.some((has) => fitsPlatform(has, platform));
}

function isImageName(name: string): boolean {
  try {
    checkImageName(name, 'docker');
    return true;
  } catch {
    return false;
  }
}

/**
 * Most machines have one engine at most: that the other does not listen is nothing to tell, nor is a Podman of another user, whose
 * images are none of this one's.
 */
function isAbsent({ cause }: PlimsollError, { group }: EngineKind): boolean {
  const code = systemCodeOf(cause);
  return code === 'ENOENT' || code === 'ECONNREFUSED' || (code === 'EACCES' && group === undefined);
}
