import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

/** What is asked for stands in the first lines; lists of files follow. */
const maxLines = 1000;
const maxLineLength = 10_000;
const field = /^\s{0,20}[a-z_]{1,20}\.(name|version|license|licenses)\s{0,20}=\s{0,20}(.*)$/;
const text = /(["'])([^"']{1,300})\1/g;

/**
 * Reads the specification of an installed gem: a program in Ruby, but written by RubyGems itself, always in the same form. Its
 * comment `# stub: name version platform paths` is what RubyGems reads; those before RubyGems 2.2 have only the assignments.
 * https://guides.rubygems.org/specification-reference/
 */
export function* readSpecification(file: OpenFile, limits: Limits): Generator<Found> {
  const fields = readFields(decodeText(file));
  const name = fields.get('name')?.[0];
  const version = fields.get('version')?.[0];
  if (name === undefined || version === undefined) {
    const missing = name === undefined ? 'name' : 'version';
    yield problemOf(file, 'incomplete', `there is no ${missing} of a gem; it is missing from the result`);
    return;
  }
  const licenses = fields.get('licenses') ?? fields.get('license');
  const listing = { type: 'gem', state: 'installed' } as const;
  yield* collectListed(file, listing, [{ kind: 'listed', name, version, licenses }], limits);
}

/** Texts by field, the first assignment of each. */
function readFields(content: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, readonly string[]>();
  let count = 0;
  for (const line of readLines(content)) {
    if (++count > maxLines) break;
    if (line.length > maxLineLength) continue;
    const [, stubName, stubVersion] = /^# stub: (\S{1,300}) (\S{1,300})(?: |$)/.exec(line) ?? [];
    if (stubName !== undefined && stubVersion !== undefined && !fields.has('name')) {
      fields.set('name', [stubName]).set('version', [stubVersion]);
      continue;
    }
    const [, key, value] = field.exec(line) ?? [];
    if (key === undefined || value === undefined || fields.has(key)) continue;
    const texts = [...value.matchAll(text)].map((match) => match[2]!);
    if (texts.length > 0) fields.set(key, texts);
  }
  return fields;
}
