import { readLines } from '../../../../base/bytes/lines.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { OpenFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { isRegistryRange, parseAlias, splitDescriptor } from './descriptor.ts';
import type { Locked } from './locked.ts';

/** A header of ranges with what stands indented below it. */
interface Entry {
  readonly first: string;
  readonly line: number;
  version?: string;
  resolved?: string;
}

/**
 * Reads yarn 1's format: a line of all ranges that an entry answers, then indented lines of a key and a value. Which entries
 * are for development stands only in `package.json`. https://classic.yarnpkg.com/docs/yarn-lock
 */
export function* readYarnClassic(file: OpenFile, text: string): Generator<Locked | Problem> {
  let entry: Entry | undefined;
  let line = 0;
  for (const raw of readLines(text)) {
    line++;
    if (raw === '' || raw.startsWith('#')) continue;
    if (raw.startsWith(' ')) {
      if (entry) addField(entry, raw);
      else yield problemOf(file, 'malformed', 'a value without the ranges that it belongs to', line);
      continue;
    }
    if (entry) yield toLocked(file, entry);
    entry = raw.endsWith(':') ? { first: firstRange(raw), line } : undefined;
    if (!entry) yield problemOf(file, 'malformed', 'a line that is neither ranges nor a value', line);
  }
  if (entry) yield toLocked(file, entry);
}

/** All ranges of one header name the same package, so one is enough. */
function firstRange(header: string): string {
  const end = header.startsWith('"') ? header.indexOf('"', 1) : header.indexOf(',');
  return header.startsWith('"') ? header.slice(1, end < 0 ? -1 : end) : header.slice(0, end < 0 ? -1 : end);
}

/** Two spaces before the fields of the entry itself; more before its dependencies, which are entries of their own. */
function addField(entry: Entry, raw: string): void {
  const match = /^ {2}"?(version|resolved)"? "?([^"\s]{1,4096})"?$/.exec(raw.slice(0, 5000));
  if (match?.[1] === 'version') entry.version = match[2]!;
  else if (match?.[1] === 'resolved') entry.resolved = match[2]!;
}

function toLocked(file: OpenFile, { first, line, version, resolved }: Entry): Locked | Problem {
  const asked = splitDescriptor(first);
  if (!asked || !version) {
    const message = `the entry of ${first.slice(0, 200)} has no ${asked ? 'version' : 'range'}; it is missing from the result`;
    return problemOf(file, 'incomplete', message, line);
  }
  const name = parseAlias(asked.range)?.name ?? asked.name;
  return {
    kind: 'locked',
    name,
    version,
    address: isRegistryRange(asked.range) ? undefined : (resolved ?? asked.range),
  };
}
