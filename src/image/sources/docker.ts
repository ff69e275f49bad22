import type { Image } from '../../base/model/image.ts';
import { findDockerEndpoints } from './engine/docker-endpoints.ts';
import type { EngineKind } from './engine/engine.ts';
import { type ConnectionSettings, openEngineImage } from './engine/open-engine-image.ts';
import type { OpenOptions } from './source.ts';

export const docker: EngineKind = Object.freeze({
  scheme: 'docker',
  title: 'Docker',
  startAdvice: 'Is the daemon running? `systemctl start docker` starts it; DOCKER_HOST names one elsewhere.',
  saveAdvice: 'Or save the image and scan that: docker save IMAGE -o image.tar && plimsoll scan image.tar',
  group: 'docker',
  findEndpoints: findDockerEndpoints,
});

/** An image that Docker has, by reference or id: `app:1.2`. */
export function openDockerImage(name: string, options: OpenOptions, connection?: ConnectionSettings): Promise<Image> {
  return openEngineImage(docker, name, options, connection);
}
