import type { Image } from '../../base/model/image.ts';
import type { EngineKind } from './engine/engine.ts';
import { type ConnectionSettings, openEngineImage } from './engine/open-engine-image.ts';
import { findPodmanEndpoints } from './engine/podman-endpoints.ts';
import type { OpenOptions } from './source.ts';

export const podman: EngineKind = Object.freeze({
  scheme: 'podman',
  title: 'Podman',
  startAdvice:
    'Podman answers only while its service runs: `systemctl --user start podman.socket` starts it; CONTAINER_HOST names one elsewhere. Or save the image and scan that: podman save IMAGE -o image.tar && plimsoll scan image.tar',
  saveAdvice: 'Or save the image and scan that: podman save IMAGE -o image.tar && plimsoll scan image.tar',
  group: undefined,
  findEndpoints: findPodmanEndpoints,
});

/** An image that Podman has, by reference or id: `app:1.2`. */
export function openPodmanImage(name: string, options: OpenOptions, connection?: ConnectionSettings): Promise<Image> {
  return openEngineImage(podman, name, options, connection);
}
