import { spawnSync } from 'node:child_process';

/** How to run one command. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs commands and keeps what was run, for `made.json`. */
export class Commands {
  readonly run: readonly string[] = [];
  readonly #names: ReadonlyMap<string, string>;

  /** @param names Texts of this machine (directories, mirrors) and what stands for each in the record. */
  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  /** Runs a command to its end and gives what it wrote on stdout. Throws with the end of its stderr if it fails. */
  execute(command: string, args: readonly string[], options: RunOptions = {}): string {
    (this.run as string[]).push(this.#toRecord([command, ...args].join(' ')));
    return runCommand(command, args, options);
  }

  #toRecord(text: string): string {
    return [...this.#names].reduce((line, [from, to]) => line.replaceAll(from, to), text);
  }
}

/** Runs a command that is no part of how an image is made. */
export function runCommand(command: string, args: readonly string[], options: RunOptions = {}): string {
  const { error, status, signal, stdout, stderr } = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 << 20,
    encoding: 'utf8',
  });
  if (error !== undefined) throw new Error(`Cannot run ${command}: ${error.message}`, { cause: error });
  if (status === 0) return stdout;
  const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n');
  throw new Error(`${command} ended with ${signal ?? `exit status ${status}`}:\n${end}`);
}
