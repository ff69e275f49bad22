import type { Problem } from '../base/model/problem.ts';

/** A problem in one line. */
export function toProblemText({ where, code, message }: Problem): string {
  return `${code} ${where.path}: ${message}`;
}
