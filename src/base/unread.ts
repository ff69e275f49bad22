import type { Problem, ProblemCode } from './model/problem.ts';

/** Problems that mean that a part of the input was not read; the others are gaps in what was read. */
const unreadCodes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'truncated',
  'malformed',
  'too-large',
  'too-many',
  'too-deep',
  'unsupported',
  'foreign-layer',
  'unsafe-path',
  'cycle',
  'unreadable',
  'incomplete',
]);

/** Whether a problem means that a part of the input was not read, so that the result may lack something. */
export function isUnread({ code }: Pick<Problem, 'code'>): boolean {
  return unreadCodes.has(code);
}
