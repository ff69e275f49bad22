import { createRequire } from 'node:module';
import type { Limits } from '../../../base/limits.ts';
import type { OpenFile } from '../cataloguer.ts';
import { failed, type Parsed } from './problem.ts';
import { decodeText } from './text.ts';
import { hasMoreValues } from './value-count.ts';

/** A mapping of YAML. Scalars in it are strings, whatever they look like. */
export type YamlMap = ReadonlyMap<string, unknown>;

/** Fewer than of JSON, since the parser of YAML keeps an event of some 200 bytes for each. */
const maxYamlValues = 250_000;

/** Parses a file of YAML documents whose tops are mappings. Lock files never have aliases, so none is accepted. */
export function parseYaml(file: OpenFile, limits: Limits, text = decodeText(file)): Parsed<YamlMap[]> {
  if (hasMoreValues(file.bytes, maxYamlValues))
    return failed(file, 'too-many', `it holds more than ${maxYamlValues} values`);
  const { FAILSAFE_SCHEMA, loadAll, realMapTag } = loadYaml();
  try {
    const schema = FAILSAFE_SCHEMA.withTags(realMapTag);
    const documents = loadAll(text, { schema, maxAliases: 0, maxDepth: limits.maxDepth });
    if (documents.length > 0 && documents.every(isYamlMap)) return { value: documents };
    return failed(file, text.trim() === '' ? 'truncated' : 'malformed', 'it is no YAML mapping');
  } catch (error) {
    const { reason, mark } = error as { reason?: unknown; mark?: { line?: number } };
    const line = typeof mark?.line === 'number' ? mark.line + 1 : undefined;
    const isDeep = String(reason).includes('maxDepth');
    return failed(file, isDeep ? 'too-deep' : 'malformed', 'it is no YAML text that a lock file can be', line);
  }
}

export function isYamlMap(value: unknown): value is YamlMap {
  return value instanceof Map;
}

/** Loaded only for the first lock file in YAML: most images have none, and it costs some 6 ms. */
function loadYaml(): typeof import('js-yaml') {
  return createRequire(import.meta.url)('js-yaml');
}
