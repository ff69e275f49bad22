// Runs Podman's service on this machine for a test, with a storage of its own that skopeo fills.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isInstalled } from '../registry/real-registry.ts';

const run = promisify(execFile);

/** Without systemd it is told what to manage groups with; nothing is ever run. */
const global = ['--runtime', 'runc', '--cgroup-manager', 'cgroupfs', '--events-backend', 'file'];
/** Time for the service to listen. */
const startMs = 20_000;

export interface RealPodman extends AsyncDisposable {
  readonly socket: string;
  /** `docker-archive:PATH`, `oci:PATH:TAG` … as an image of that name. */
  load(source: string, name: string): Promise<void>;
}

/** For `test(..., { skip })`: false if Podman can run here, else the reason, which is also shouted on stderr. */
export function skipWithoutPodman(): string | false {
  const missing = ['podman', 'skopeo', 'runc'].filter((name) => !isInstalled(name));
  const lack = missing.length > 0 ? `not installed: ${missing.join(', ')}` : process.getuid?.() !== 0 && 'not root';
  if (!lack) return false;
  const reason = `SKIPPED: tests against a real Podman: ${lack}; run "scripts/setup-tools.sh" as root`;
  process.stderr.write(`${reason}\n`);
  return reason;
}

export async function startRealPodman(): Promise<RealPodman> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-podman-'));
  const socket = join(folder, 'podman.sock');
  const env = await prepare(folder);
  const child = spawn('podman', [...global, 'system', 'service', '--time=0', `unix://${socket}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  const dispose = async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(child, socket);
  } catch (error) {
    await dispose();
    throw error;
  }
  const load = async (source: string, name: string) => {
    const target = `containers-storage:${name}`;
    await run('skopeo', ['--insecure-policy', 'copy', '--quiet', source, target], { env });
  };
  return { socket, load, [Symbol.asyncDispose]: dispose };
}

/** Overlays are four times as fast as plain directories, which serve on any file system and inside any container. */
async function prepare(folder: string): Promise<NodeJS.ProcessEnv> {
  const storage = join(folder, 'storage.conf');
  await mkdir(join(folder, 'tmp'));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    TMPDIR: join(folder, 'tmp'),
    CONTAINERS_STORAGE_CONF: storage,
  };
  for (const driver of ['overlay', 'vfs']) {
    // Without that mount there is none to undo.
    const options = driver === 'overlay' ? '[storage.options.overlay]\nskip_mount_home = "true"\n' : '';
    const root = `graphroot = "${folder}/${driver}"\nrunroot = "${folder}/run-${driver}"\n`;
    await writeFile(storage, `[storage]\ndriver = "${driver}"\n${root}${options}`);
    const works = await run('podman', [...global, 'info'], { env }).then(
      () => true,
      () => false,
    );
    if (works) break;
  }
  return env;
}

async function listening(child: ChildProcess, socket: string): Promise<void> {
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log = (log + chunk).slice(-10_000);
  });
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`podman ended with ${code}:\n${log}`)));
  });
  failed.catch(() => {});
  for (const end = Date.now() + startMs; Date.now() < end; ) {
    if (existsSync(socket) && (await Promise.race([answers(socket), failed]))) return;
    await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), failed]);
  }
  throw new Error(`podman does not listen:\n${log}`);
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket, () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => resolve(false));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}
