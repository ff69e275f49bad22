import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

/** Sections with gems under `specs:`. */
const sources = new Set(['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE']);
const heading = /^[A-Z][A-Z ]{1,30}$/;
/** What stands after the first dash is the platform, as Bundler itself reads it. */
const gem = /^ {4}([^\s()]{1,300}) \(([^()\s-]{1,300})(?:-[^()]{0,300})?\)!?$/;
const dependency = /^ {6}\S/;

/** The section that a line stands in. */
interface Section {
  readonly name: string;
  readonly remote?: string;
  readonly revision?: string;
}

/** Reads Bundler's lock file, and the version of Bundler that wrote it. https://bundler.io/guides/rationale.html */
export function readGemfileLock(file: OpenFile, limits: Limits): Iterable<Found> {
  return collectListed(file, { type: 'gem', state: 'declared' }, readSections(file), limits);
}

function* readSections(file: OpenFile): Generator<Listed | Problem> {
  let section: Section | undefined;
  let line = 0;
  for (const row of readLines(decodeText(file))) {
    line++;
    if (row === '') continue;
    if (heading.test(row)) section = { name: row };
    else if (!row.startsWith(' ')) {
      yield problemOf(file, 'malformed', `a line is no heading (${JSON.stringify(row.slice(0, 40))})`, line);
      section = undefined;
    } else if (section?.name === 'BUNDLED WITH') yield { kind: 'listed', name: 'bundler', version: row.trim(), line };
    else if (section && sources.has(section.name)) {
      section = { ...section, ...readOption(row) };
      if (row.startsWith('    ') && !dependency.test(row)) yield toGem(file, section, row, line);
    }
  }
  if (line === 0) yield problemOf(file, 'truncated', 'it is empty');
}

function readOption(row: string): Partial<Section> {
  const [, key, value] = /^ {2}(remote|revision): (\S.{0,2000})$/.exec(row) ?? [];
  return key === undefined ? {} : { [key]: value };
}

function toGem(file: OpenFile, section: Section, row: string, line: number): Listed | Problem {
  const [, name, version] = gem.exec(row) ?? [];
  if (name === undefined)
    return problemOf(file, 'malformed', 'an entry is no gem; it is missing from the result', line);
  return { kind: 'listed', name, version, origin: originOf(section), line };
}

/** Any server of gems may mirror the public one. */
function originOf({ name, remote, revision }: Section): string | undefined {
  if (name === 'GIT') return `${remote ?? 'git'}${revision ? `#${revision}` : ''}`;
  return name === 'PATH' ? `file:${remote ?? '.'}` : undefined;
}
