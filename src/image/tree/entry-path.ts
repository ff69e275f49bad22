import type { Limits } from '../../base/limits.ts';
import type { ProblemCode } from '../../base/model/problem.ts';

export type EntryPath = { readonly path: string } | { readonly code: ProblemCode; readonly message: string };

/** Tar names as archivers write them: nothing to normalise. */
const plain = /^(?!\/)(?!(?:.*\/)?\.{0,2}(?:\/|$))[^\0]*$/s;

/**
 * The path inside the image that a tar name means: no leading slash, no `.`, no double slash. A name with `..` is refused:
 * engines disagree on what it means, and only attacks use it.
 */
export function normaliseEntryPath(name: string, limits: Limits): EntryPath {
  if (name.length > limits.maxPathBytes) {
    return {
      code: 'too-large',
      message: `an entry's path has more than ${limits.maxPathBytes} bytes (it begins "${name.slice(0, 60)}…"); it was skipped`,
    };
  }
  if (name.includes('\0')) return { code: 'unsafe-path', message: "an entry's path holds a NUL; it was skipped" };
  const trimmed = name.endsWith('/') ? name.slice(0, -1) : name;
  const path = plain.test(trimmed) ? trimmed : joinParts(trimmed);
  if (path === undefined) return { code: 'unsafe-path', message: 'an entry\'s path has ".." in it; it was skipped' };
  if (depthOf(path) > limits.maxPathDepth) {
    return { code: 'too-deep', message: `an entry's path has more than ${limits.maxPathDepth} names; it was skipped` };
  }
  return { path };
}

function joinParts(name: string): string | undefined {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : parts.join('/');
}

function depthOf(path: string): number {
  let depth = 1;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) depth++;
  return depth;
}

/** The prefix of names that hide what lower layers have. https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts */
export const whiteoutPrefix = '.wh.';

export function isMarker(path: string): boolean {
  return path.startsWith(whiteoutPrefix, path.lastIndexOf('/') + 1);
}
