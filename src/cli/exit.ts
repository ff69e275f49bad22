import type { ErrorCode } from '../base/errors.ts';

/** What the process answers. Scripts rely on these numbers. */
export const exitStatus = {
  /** Above the line. */
  pass: 0,
  /** Below the line: the policy failed. */
  fail: 1,
  /** The tool could not do its job: usage, unreadable input, no data, network. */
  trouble: 2,
} as const;

/** The exit status of each error. All are 2 but a cancelled run, which ends as a shell reports a signal. */
export const statusOfError: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  'reference-unreadable': 2,
  'image-unreadable': 2,
  'digest-mismatch': 2,
  'limit-exceeded': 2,
  unauthorized: 2,
  'not-found': 2,
  network: 2,
  'bad-answer': 2,
  'data-missing': 2,
  'data-damaged': 2,
  storage: 2,
  cancelled: 130,
};
