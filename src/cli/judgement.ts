import type { PlimsollError } from '../base/errors.ts';
import type { Problem } from '../base/model/problem.ts';
import type { Report } from '../base/model/report.ts';
import { isUnread } from '../base/unread.ts';
import { exitStatus } from './exit.ts';

/** What a scan comes to: the verdict on what was read, and whether all was read. */
export interface Judgement {
  readonly status: number;
  /**
   * `FAIL` stays that whatever else was not read; `INCOMPLETE` would pass if all had been read, or lacks data that was required;
   * `NOT JUDGED` would pass, but nothing was compared.
   */
  readonly word: 'PASS' | 'FAIL' | 'INCOMPLETE' | 'NOT JUDGED';
  /** Sentences, the last of them with its word before it: it is what a person reads first. */
  readonly lines: readonly string[];
}

export interface JudgeOptions {
  /** What was not read is accepted. */
  readonly allowProblems: boolean;
  /** The advisory data that was required and is not there. */
  readonly missing?: PlimsollError | undefined;
}

/** Judges a report for the exit status, the end of the table and the line on stderr alike. */
export function judge(report: Report, { allowProblems, missing }: JudgeOptions): Judgement {
  const { pass, reasons } = report.verdict;
  const what = unreadText(report.problems.filter(isUnread));
  const verdict = reasons.join(' ');
  if (missing !== undefined)
    return {
      status: exitStatus.trouble,
      word: 'INCOMPLETE',
      lines: [
        ...(what === '' ? [] : [`Incomplete: ${what}.`]),
        `Of what was compared: ${verdict}`,
        `INCOMPLETE: ${missing.message} Exit status ${exitStatus.trouble}.`,
      ],
    };
  if (!pass)
    return {
      status: exitStatus.fail,
      word: 'FAIL',
      lines: [...(what === '' ? [] : [`Incomplete: ${what}.`]), `FAIL: ${verdict}`],
    };
  if (what === '') return passed(report, []);
  if (allowProblems) return passed(report, [`Incomplete: ${what}; --allow-problems accepts it.`]);
  return {
    status: exitStatus.trouble,
    word: 'INCOMPLETE',
    lines: [
      `Of what was read: ${verdict}`,
      `INCOMPLETE: ${what}; exit status ${exitStatus.trouble}; --allow-problems accepts it.`,
    ],
  };
}

function passed(report: Report, lines: readonly string[]): Judgement {
  const status = exitStatus.pass;
  if (!isNothingCompared(report))
    return { status, word: 'PASS', lines: [...lines, `PASS: ${report.verdict.reasons.join(' ')}`] };
  const what = report.packages.length === 0 ? 'no packages were found' : notCompared(report.packages.length);
  const last = `NOT JUDGED: ${what}; --require-data makes that exit status ${exitStatus.trouble}.`;
  return { status, word: 'NOT JUDGED', lines: [...lines, last] };
}

function notCompared(packages: number): string {
  return packages === 1 ? '1 package was compared with nothing' : `${packages} packages were compared with nothing`;
}

/** Whether there was nothing to compare, or nothing to compare it with. */
export function isNothingCompared({ packages, unscanned, matches }: Report): boolean {
  return matches.length === 0 && packages.length <= unscanned.reduce((sum, item) => sum + item.packages, 0);
}

/** Paths that are named; the problems have all. */
const maxNames = 3;

/** `2 paths were not read (a, b)`, each a file or a directory; empty where all was read. */
function unreadText(unread: readonly Problem[]): string {
  if (unread.length === 0) return '';
  const layers = new Set(unread.filter(({ where }) => where.path === '').map(({ where }) => where.layer));
  const paths = [...new Set(unread.map(({ where }) => where.path))].filter((path) => path !== '');
  const names = paths.slice(0, maxNames).map(shorten).join(', ');
  const more = paths.length > maxNames ? ` and ${paths.length - maxNames} more` : '';
  const parts = [count(paths.length, 'path'), count(layers.size, 'layer')].filter((part) => part !== '');
  const verb = paths.length + layers.size === 1 ? 'was' : 'were';
  return `${parts.join(' and ')} ${verb} not read${names === '' ? '' : ` (${names}${more})`}`;
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The end of a path tells more than its start. */
function shorten(path: string): string {
  return path.length > 70 ? `…${path.slice(-69)}` : path;
}
