import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One command line to measure. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Exit statuses that mean that the work was done. */
  readonly statuses?: readonly number[];
}

/** Runs a command to its end and gives its stderr. Throws if it did not do its work. */
export function runToEnd({ argv: [command, ...args], env, statuses = [0] }: Command): string {
  const { status, signal, error, stderr } = spawnSync(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 16 << 20,
    encoding: 'utf8',
  });
  if (error === undefined && status !== null && statuses.includes(status)) return stderr;
  const end = error?.message ?? `${signal ?? `exit status ${status}`}\n${stderr.slice(-2000)}`;
  throw new Error(`${command} ${args.join(' ')}: ${end}`);
}

/** Milliseconds of wall time, starting and ending the process included. */
export function timeCommand(command: Command): number {
  const start = performance.now();
  runToEnd(command);
  return performance.now() - start;
}

/**
 * Largest resident memory of a process in bytes, as GNU time reports it from wait4(2). The program `time` stands between, as a
 * child made by a large process is otherwise charged with that process's own memory.
 */
export function peakMemoryOf(command: Command): number {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const report = join(directory, 'time');
  try {
    runToEnd({ ...command, argv: ['time', '--quiet', '-f', '%M', '-o', report, ...command.argv] });
    return Number(readFileSync(report, 'utf8').trim()) * 1024;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Measures two things in turn, so that a change of the machine's speed meets both, and gives the median of each. */
export function alternate(runs: number, first: () => number, second: () => number): [number, number] {
  first();
  second();
  const firsts: number[] = [];
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    firsts.push(first());
    seconds.push(second());
  }
  return [median(firsts), median(seconds)];
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
