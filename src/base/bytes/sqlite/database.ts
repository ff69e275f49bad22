import { type Damage, damage, isDamage } from '../damage.ts';
import { openPages, type Pages, pageSet } from '../pages.ts';
import type { RandomAccess } from '../random-access.ts';
import { scratchMemory } from '../scratch.ts';
import { readSqliteHeader, type SqliteHeader } from './header.ts';

/** A database whose tables are being read. Pages are counted from 1. */
export interface SqliteDatabase {
  readonly header: SqliteHeader;
  /** The pages of trees and of overflow apart, so that reading one of them leaves the other as it is. */
  readonly tree: Pages;
  readonly overflow: Pages;
  /** Marks a page as used; false if it was before. */
  readonly use: (page: number) => boolean;
  readonly scratch: (length: number) => Buffer;
  /** Most bytes of one row. */
  readonly maxRowBytes: number;
}

export function openSqlite(file: RandomAccess, maxRowBytes: number): SqliteDatabase | Damage {
  const header = readSqliteHeader(file);
  if (isDamage(header)) return header;
  const tree = openPages(file, header.pageSize);
  if (tree.count === 0) return damage('truncated', 0, 'it ends inside its first page');
  const used = pageSet(tree.count);
  return {
    header,
    tree,
    overflow: openPages(file, header.pageSize),
    use: (page) => page >= 1 && page <= tree.count && used.add(page - 1),
    scratch: scratchMemory(),
    maxRowBytes,
  };
}

/** The byte at which a page starts. */
export function placeOfPage({ header }: SqliteDatabase, page: number): number {
  return (page - 1) * header.pageSize;
}

/** Why a page that was pointed to cannot be used. */
export function unusable(database: SqliteDatabase, page: number, at: number): Damage {
  return page >= 1 && page <= database.tree.count
    ? damage('cycle', at, `page ${page} is used twice; rows are missing`)
    : damage('truncated', at, `page ${page} is not there; rows are missing`);
}
