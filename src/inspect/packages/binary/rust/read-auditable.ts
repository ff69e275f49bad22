import { inflateSync } from 'node:zlib';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, LargeFile, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table } from '../../document/table.ts';
import { readSection } from '../program-section.ts';

/** Of Mach-O, its segment stands before the comma. */
const sectionNames = ['.dep-v0', '__DATA,.dep-v0'];
/** Compressed, a thousand crates have some 20 KB. */
const maxSectionBytes = 1 << 20;
/** The bound that the format's authors advise. */
const maxJsonBytes = 8 << 20;

/**
 * Reads the crates that a program was built of: JSON that zlib compressed, in a section of its own.
 * https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md
 */
export function* readAuditable({ path, content }: LargeFile, limits: Limits): Generator<Found> {
  const section = readSection(content, sectionNames, maxSectionBytes);
  if (section === undefined) return;
  const bytes = 'damage' in section ? section : expand(section.bytes);
  if ('damage' in bytes) {
    yield problemOf({ path }, bytes.damage, 'its list of crates cannot be read; they are missing from the result');
    return;
  }
  const file: OpenFile = { path, bytes: bytes.bytes };
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'cargo', state: 'installed' }, readCrates(file, parsed.value), limits);
}

/** What follows the compressed bytes is the linker's filling and has no meaning. */
function expand(
  compressed: Buffer,
): { readonly bytes: Buffer } | { readonly damage: 'too-large' | 'truncated' | 'malformed' } {
  try {
    return { bytes: inflateSync(compressed, { maxOutputLength: maxJsonBytes }) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      damage: code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : code === 'Z_BUF_ERROR' ? 'truncated' : 'malformed',
    };
  }
}

function* readCrates(file: OpenFile, { packages }: Table): Generator<Listed | Problem> {
  if (!Array.isArray(packages)) {
    yield problemOf(file, 'malformed', 'its list of crates has no packages');
    return;
  }
  const folder = `file:${file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))) || '.'}`;
  for (const entry of packages) yield toListed(isTable(entry) ? entry : {}, folder);
}

/**
 * `source` is `crates.io`, `git`, `local`, `registry`, or an address. Any registry may mirror the public one, as in lock files;
 * a kind other than `build` is of run time.
 */
function toListed({ name, version, source, kind }: Table, folder: string): Listed {
  const isPublic = source === 'crates.io' || source === 'registry' || typeof source !== 'string';
  const origin = isPublic ? undefined : source === 'local' ? folder : source;
  return { kind: 'listed', name, version, origin, development: kind === 'build' };
}
