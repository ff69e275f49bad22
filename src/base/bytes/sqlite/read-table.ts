import { type Damage, damage, isDamage } from '../damage.ts';
import type { RandomAccess } from '../random-access.ts';
import { openSqlite, type SqliteDatabase } from './database.ts';
import { readRows, type SqliteRow } from './rows.ts';

/** Tables, indices, views and triggers of one database; real ones have some dozens. */
const maxSchemaRows = 100_000;

/**
 * The rows of one table of a SQLite database, read page by page where they lie. What a write-ahead log beside the file holds is not
 * seen. The schema is searched for the name alone: columns come by their place, and an INTEGER PRIMARY KEY as null.
 * @param maxRowBytes Longer rows are told, not read.
 */
export function* readSqliteTable(
  file: RandomAccess,
  table: string,
  maxRowBytes: number,
): Generator<SqliteRow | Damage> {
  const database = openSqlite(file, maxRowBytes);
  if (isDamage(database)) {
    yield database;
    return;
  }
  const root = yield* findTable(database, table);
  if (root === undefined) yield damage('incomplete', 0, `it has no table ${table}`);
  else yield* readRows(database, root);
}

/** The root page of a table: the schema's rows are type, name, table, root page and statement. */
function* findTable(database: SqliteDatabase, table: string): Generator<Damage, number | undefined> {
  let count = 0;
  for (const row of readRows(database, 1)) {
    if (++count > maxSchemaRows) {
      yield damage('too-many', 0, `its schema has more than ${maxSchemaRows} rows`);
      return undefined;
    }
    if (row.kind === 'damage') yield row;
    else {
      const [type, name, , root] = row.values;
      if (type === 'table' && name === table && typeof root === 'number') return root;
    }
  }
  return undefined;
}
