import type { Cataloguer } from '../../cataloguer.ts';
import { startBytes } from './start-bytes.ts';

/**
 * Machine-learning models that say their name and version: GGUF, and safetensors with metadata by ModelSpec. purl has no type for a model
 * of no registry, so they are `generic`, in the namespace `model`. Models that do not say a version are not listed.
 */
export const model: Cataloguer = {
  id: 'binary/model',
  version: 1,
  files: [{ suffix: '.gguf' }, { suffix: '.safetensors' }],
  maxBytes: startBytes,
  startBytes,
  loadLarge: async () => (await import('./read-model.ts')).readModel,
};
