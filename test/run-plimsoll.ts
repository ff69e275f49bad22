// Runs the program as a user does: a process of its own, its output caught. From the sources, so that no build can be stale.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** What a run left behind. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Where data and cache are kept, and the user's home. */
  readonly home: string;
  /** Replaces variables; feeds are at an address where nothing is unless this names one. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A file that takes stdout, instead of a pipe. */
  readonly stdout?: number;
}

const program = join(import.meta.dirname, 'plimsoll.ts');

/** Starts `plimsoll ARGS…`, for what must be done to it while it runs. */
export function startPlimsoll(
  args: readonly string[],
  { home, env = {}, cwd = home, stdout }: RunOptions,
): ChildProcess {
  const feeds = Object.fromEntries(['OSV', 'KEV', 'EPSS'].map((id) => [`PLIMSOLL_FEED_${id}`, join(home, 'no-feed')]));
  return spawn(process.execPath, [program, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: home, PLIMSOLL_HOME: home, ...feeds, ...noEngines(home), ...env },
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
  });
}

/** What an engine of this machine has is no part of a test. */
function noEngines(home: string): Record<string, string> {
  const nowhere = `unix://${join(home, 'no-engine.sock')}`;
  return { DOCKER_HOST: nowhere, CONTAINER_HOST: nowhere };
}

/** Runs `plimsoll ARGS…` to its end. */
export async function runPlimsoll(args: readonly string[], options: RunOptions): Promise<Run> {
  return endOf(startPlimsoll(args, options));
}

/** What a started run leaves behind, once it has ended. */
export async function endOf(child: ChildProcess): Promise<Run> {
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [stdout, stderr, status] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
  return { status, stdout, stderr };
}

/** Empty for what is no pipe, or was closed from here. */
async function textOf(stream: Readable | null): Promise<string> {
  if (stream === null || stream.destroyed) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
