import { readSqliteTable } from '../../../../base/bytes/sqlite/read-table.ts';
import type { SqliteRow } from '../../../../base/bytes/sqlite/rows.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { FromRepository } from '../../../../base/model/package.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';

/** Rows have a name and a version at most. */
const maxRowBytes = 1 << 16;

/** Actions of `trans_item` that leave the package on the system: install, downgrade, obsolete another, upgrade, reinstall. */
const installs: ReadonlySet<unknown> = new Set([1, 2, 4, 6, 9]);
/** State of an item that was done. */
const done = 1;

/**
 * Reads which repository each package was last installed from. Packages that are gone since are among them: what is installed, rpm's
 * own database says. dnf writes its log into the file when it ends, so `history.sqlite-wal` has nothing more.
 */
export function* readHistory(file: LargeFile, limits: Limits): Generator<Found> {
  if (file.content.size === 0) return;
  const tables = new HistoryTables(file, limits.maxPackagesPerFile);
  const repositories = new Map<number, string>();
  for (const { number, values } of tables.rows('repo')) if (isShort(values[1])) repositories.set(number, values[1]);
  const latest = new Map<number, string>();
  for (const { values } of tables.rows('trans_item')) {
    const [, , item, repository, action, , state] = values;
    const name = repositories.get(Number(repository));
    if (installs.has(action) && state === done && name !== undefined) latest.set(Number(item), name);
  }
  const packages = new Map<string, string[]>();
  for (const { values } of tables.rows('rpm')) {
    const repository = latest.get(Number(values[0]));
    const key = toKey(values);
    if (repository === undefined || key === undefined) continue;
    const list = packages.get(repository);
    if (list === undefined) packages.set(repository, [key]);
    else list.push(key);
  }
  for (const [repository, keys] of packages)
    yield { kind: 'from-repository', type: 'rpm', repository, packages: keys } satisfies FromRepository;
  yield* tables.problems;
}

/** `name [epoch:]version-release architecture`; an epoch of 0 is none. Columns: item, name, epoch, version, release, architecture. */
function toKey([, name, epoch, version, release, arch]: SqliteRow['values']): string | undefined {
  if (!isShort(name) || !isShort(version) || !isShort(release) || !isShort(arch)) return undefined;
  return `${name} ${typeof epoch === 'number' && epoch > 0 ? `${epoch}:` : ''}${version}-${release} ${arch}`;
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 512;
}

/** The tables of one history, with what is wrong with them. */
class HistoryTables {
  readonly problems: Problem[] = [];
  readonly #file: LargeFile;
  readonly #maxRows: number;

  /** @param maxPackages Each may have been installed, raised and removed some times. */
  constructor(file: LargeFile, maxPackages: number) {
    this.#file = file;
    this.#maxRows = maxPackages * 8;
  }

  *rows(table: string): Generator<SqliteRow> {
    let count = 0;
    for (const row of readSqliteTable(this.#file.content, table, maxRowBytes)) {
      if (++count > this.#maxRows) {
        this.#add('too-many', `its table ${table} has more than ${this.#maxRows} rows`, row.offset);
        return;
      }
      if (row.kind === 'row') yield row;
      else this.#add(row.code, row.message, row.offset);
    }
  }

  #add(code: ProblemCode, message: string, offset: number): void {
    const text = `In dnf's history: ${message}; packages may be without their repository.`;
    this.problems.push({
      kind: 'problem',
      where: { path: this.#file.path, offset, unit: 'byte' },
      code,
      message: text,
    });
  }
}
