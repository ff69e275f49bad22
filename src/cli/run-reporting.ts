import { PlimsollError, toMessage } from '../base/errors.ts';
import { exitStatus, statusOfError } from './exit.ts';
import { printable } from './views/printable.ts';

/** What asks a program to end; SIGHUP comes when its terminal is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command's work and turns what it throws into one sentence on stderr and an exit status. The first interrupt cancels the
 * work, which then cleans up; a second one ends the process at once.
 */
export async function runReporting(work: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const cancel = new AbortController();
  const onSignal = () => cancel.abort(new PlimsollError('cancelled', 'Cancelled.'));
  for (const name of signals) process.once(name, onSignal);
  try {
    process.exitCode = await work(cancel.signal);
  } catch (error) {
    process.exitCode = reportError(cancel.signal.aborted ? cancel.signal.reason : error);
  } finally {
    for (const name of signals) process.off(name, onSignal);
  }
}

/** Says what was thrown, in one sentence on stderr; answers the exit status. */
export function reportError(error: unknown): number {
  if (error instanceof PlimsollError) {
    process.stderr.write(`plimsoll: ${printable(error.message)}\n`);
    return statusOfError[error.code];
  }
  process.stderr.write(
    `plimsoll: an error of its own: ${printable(toMessage(error))}\nPlease report it; PLIMSOLL_DEBUG=1 shows where it happened.\n`,
  );
  if (process.env.PLIMSOLL_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitStatus.trouble;
}
