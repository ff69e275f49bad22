// Runs containerd on this machine for a test, with a root, state and socket of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isInstalled } from '../registry/real-registry.ts';

const run = promisify(execFile);

/** Time for it to answer. */
const startMs = 20_000;

export interface RealContainerd extends AsyncDisposable {
  /** What `PLIMSOLL_CONTAINERD_ROOT` is for it. */
  readonly root: string;
  /** Its own command line; gives what that says. */
  ctr(...args: string[]): Promise<string>;
  /** An OCI archive of one image that has only a tag, as the image of that name and tag. */
  load(archive: string, name: string, ...global: string[]): Promise<void>;
  /** Removes a blob, as if it had never been fetched. */
  forget(digest: string): Promise<void>;
}

/** For `test(..., { skip })`: false if containerd can run here, else the reason, which is also shouted on stderr. */
export function skipWithoutContainerd(): string | false {
  const missing = ['containerd', 'ctr'].filter((name) => !isInstalled(name));
  const lack = missing.length > 0 ? `not installed: ${missing.join(', ')}` : process.getuid?.() !== 0 && 'not root';
  if (!lack) return false;
  const reason = `SKIPPED: tests against a real containerd: ${lack}; run "scripts/setup-tools.sh" as root`;
  process.stderr.write(`${reason}\n`);
  return reason;
}

export async function startRealContainerd(): Promise<RealContainerd> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-containerd-'));
  const config = join(folder, 'config.toml');
  const root = join(folder, 'root');
  const socket = join(folder, 'c.sock');
  await writeFile(config, settings(folder, root, socket));
  const child = spawn('containerd', ['--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ctr = async (...args: string[]) => (await run('ctr', ['--address', socket, ...args])).stdout;
  const dispose = async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answering(child, ctr);
  } catch (error) {
    await dispose();
    throw error;
  }
  const load = async (archive: string, name: string, ...global: string[]) => {
    await ctr(...global, 'images', 'import', '--no-unpack', '--base-name', name, archive);
  };
  const forget = async (digest: string) => {
    await ctr('content', 'rm', digest);
    // The file goes when garbage is next collected, for which the removal of an image can wait.
    await ctr('images', 'tag', (await ctr('images', 'ls', '--quiet')).split('\n', 1)[0]!, 'example.org/garbage:1');
    await ctr('images', 'rm', '--sync', 'example.org/garbage:1');
  };
  return { root, ctr, load, forget, [Symbol.asyncDispose]: dispose };
}

/** Without Kubernetes' plug-in, which would look for a network; nothing is ever run. */
function settings(folder: string, root: string, socket: string): string {
  const lines = [
    'version = 2',
    `root = "${root}"`,
    `state = "${join(folder, 'state')}"`,
    'disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]',
    `[grpc]\naddress = "${socket}"`,
  ];
  return `${lines.join('\n')}\n`;
}

async function answering(child: ChildProcess, ctr: RealContainerd['ctr']): Promise<void> {
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log = (log + chunk).slice(-10_000);
  });
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`containerd ended with ${code}:\n${log}`)));
  });
  failed.catch(() => {});
  for (const end = Date.now() + startMs; Date.now() < end; ) {
    const answer = ctr('--connect-timeout', '1s', 'version').then(
      () => true,
      () => false,
    );
    if (await Promise.race([answer, failed])) return;
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), failed]);
  }
  throw new Error(`containerd does not answer:\n${log}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}
