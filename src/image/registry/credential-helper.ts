import { type ExecFileException, execFile } from 'node:child_process';
import { PlimsollError } from '../../base/errors.ts';
import { type Credentials, toCredentials } from './credentials.ts';

/** How a helper is run. */
export interface HelperOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Helpers may ask a cloud's servers, or the user for a password. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What helpers print where they know nothing of a server. */
const nothingKnown = /credentials not found in native keychain|no credentials server URL|not found/i;

/**
 * Asks `docker-credential-NAME get` for a server's credentials; undefined where it knows none. Throws `unauthorized` where it
 * cannot be run or fails. https://github.com/docker/docker-credential-helpers
 * @param name Comes from a configuration file: letters, digits, `.`, `_` and `-` only, so that no path can be named.
 * @param server As `docker login` gave it to the helper.
 */
export async function runCredentialHelper(
  name: string,
  server: string,
  options: HelperOptions,
): Promise<Credentials | undefined> {
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) throw helperError(name, 'that is no name of a credential helper');
  const program = `docker-credential-${name}`;
  const { error, stdout, stderr } = await run(program, server, options);
  options.signal?.throwIfAborted();
  if (error === null) return parseAnswer(program, stdout);
  if (error.code === 'ENOENT') throw helperError(program, 'it is not in PATH', error);
  if (error.killed)
    throw helperError(program, `it did not answer within ${(options.timeoutMs ?? 30_000) / 1000} s`, error);
  const said = (stdout.trim() || stderr.trim()).replace(/[^\x20-\x7e]+/g, ' ').slice(0, 300);
  if (nothingKnown.test(said)) return undefined;
  throw helperError(program, said || `it failed (${error.code ?? error.signal})`, error);
}

interface Outcome {
  readonly error: ExecFileException | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, server: string, { env, timeoutMs = 30_000, signal }: HelperOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = {
      env,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: 1 << 20,
      windowsHide: true,
      ...(signal ? { signal } : {}),
    } as const;
    const child = execFile(program, ['get'], options, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
    // A helper need not read what it is told.
    child.stdin?.on('error', () => {});
    child.stdin?.end(`${server}\n`);
  });
}

function parseAnswer(program: string, stdout: string): Credentials | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(stdout);
  } catch (error) {
    throw helperError(program, 'its answer is no JSON', error);
  }
  const { Username: username, Secret: secret } = (answer ?? {}) as Record<string, unknown>;
  if (typeof username !== 'string' || typeof secret !== 'string')
    throw helperError(program, 'its answer has no Username or Secret');
  return toCredentials(username, secret);
}

function helperError(program: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError(
    'unauthorized',
    `The credential helper ${JSON.stringify(program.slice(0, 100))} gives no credentials: ${detail}. Install or repair it, or log in again.`,
    { cause },
  );
}
