import type { Problem, ProblemCode } from '../../../base/model/problem.ts';
import type { OpenFile } from '../cataloguer.ts';

/** A parsed file, or why there is none. */
export type Parsed<T> = { readonly value: T } | { readonly problem: Problem };

/** Any file that can be named. */
type NamedFile = Pick<OpenFile, 'path'>;

/** A problem of this file; `line` counts from 1. */
export function problemOf({ path }: NamedFile, code: ProblemCode, message: string, line?: number): Problem {
  const where = line === undefined ? { path } : { path, offset: line, unit: 'line' as const };
  return { kind: 'problem', where, code, message: `In ${path.slice(path.lastIndexOf('/') + 1)}: ${message}.` };
}

/** The same where only software that no package database names would be missing. */
export function problemUnlessOwned(file: NamedFile, code: ProblemCode, message: string): Problem {
  return { ...problemOf(file, code, message), unlessOwned: true };
}

/** The same for a file of which nothing can be read. */
export function failed(file: NamedFile, code: ProblemCode, message: string, line?: number): { problem: Problem } {
  return { problem: problemOf(file, code, `${message}; what it lists is missing from the result`, line) };
}
