import type { Problem } from '../../base/model/problem.ts';

/** The problem of a place where a wanted file should be, and something else is. */
export function notAFile(where: Problem['where'], isLink: boolean): Problem {
  const what = isLink ? 'is a link that leads to no file' : 'is no regular file';
  const code = isLink ? 'incomplete' : 'malformed';
  return { kind: 'problem', where, code, message: `/${where.path} ${what}; what it should list is missing.` };
}
