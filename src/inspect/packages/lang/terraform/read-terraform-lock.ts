import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

/** Lines of a lock are checksums at most. */
const maxLineLength = 2000;

/** Reads what the tools write: one attribute or bracket a line. HCL that people write could be laid out otherwise. */
export function readTerraformLock(file: OpenFile, limits: Limits): Iterable<Found> {
  return collectListed(file, { type: 'terraform', state: 'declared' }, readProviders(file), limits);
}

function* readProviders(file: OpenFile): Generator<Listed | Problem> {
  let open: { readonly name: string; readonly line: number; version: string | undefined } | undefined;
  let line = 0;
  let isStrange = false;
  for (const raw of decodeText(file).split('\n')) {
    line++;
    const text = raw.slice(0, maxLineLength);
    const name = /^provider\s+"([^"]*)"\s*\{\s*$/.exec(text)?.[1];
    if (name !== undefined) {
      if (open !== undefined) yield cutOff(file, open.line);
      open = { name, line, version: undefined };
    } else if (open !== undefined && /^\}\s*$/.test(text)) {
      yield { kind: 'listed', ...open };
      open = undefined;
    } else if (open !== undefined) {
      const version = /^\s+version\s*=\s*"([^"]*)"\s*$/.exec(text)?.[1];
      if (version !== undefined) open.version = version;
    } else if (!isStrange && !/^\s*(?:$|#|\/\/)/.test(text)) {
      isStrange = true;
      yield problemOf(file, 'malformed', 'it has a line that no lock of providers has', line);
    }
  }
  if (open !== undefined) yield cutOff(file, open.line);
}

function cutOff(file: OpenFile, line: number): Problem {
  return problemOf(file, 'truncated', 'the entry of a provider has no end; it is missing from the result', line);
}
