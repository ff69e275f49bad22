import { readSqliteTable } from '../../../../base/bytes/sqlite/read-table.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { parseStorePath } from './store-path.ts';

/** A row is a path, a hash and signatures. */
const maxRowBytes = 1 << 20;

/** Store paths that are read: a desktop has some 20,000, a builder ten times that. */
const maxRows = 1_000_000;

/** Of a write-ahead log that holds nothing. https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
const logHeaderBytes = 32;

/** Reads the table `ValidPaths`; its second column is the path. */
export function* readNix(file: LargeFile, limits: Limits): Generator<Found> {
  if (file.path.endsWith('-wal')) {
    if (file.content.size > logHeaderBytes)
      yield problem(file, 'unsupported', 'changes wait in its log to be written; packages may be missing', 0);
    return;
  }
  if (file.content.size === 0) return;
  const count = { rows: 0, packages: 0 };
  for (const row of readSqliteTable(file.content, 'ValidPaths', maxRowBytes)) {
    if (++count.rows > maxRows || count.packages >= limits.maxPackagesPerFile) {
      yield problem(file, 'too-many', 'it has more paths than are read; the rest was not', row.offset);
      return;
    }
    if (row.kind === 'damage') {
      yield problem(file, row.code, row.message, row.offset);
      continue;
    }
    const path = row.values[1];
    const found = typeof path === 'string' ? parseStorePath(path) : 'not a path';
    if (found === 'not a path') yield problem(file, 'malformed', 'a row has no path of the store', row.offset);
    else if (found !== undefined) {
      count.packages++;
      yield found;
    }
  }
}

function problem({ path }: LargeFile, code: ProblemCode, message: string, offset: number): Problem {
  return { kind: 'problem', where: { path, offset, unit: 'byte' }, code, message: `In Nix's database: ${message}.` };
}
