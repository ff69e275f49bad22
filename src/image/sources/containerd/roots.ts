import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where containerd itself is told its root. */
const configPath = '/etc/containerd/config.toml';
/** Real ones have some hundred lines. */
const maxConfigBytes = 1 << 20;

/**
 * The directories in which a containerd keeps images, those that exist first asked first: `PLIMSOLL_CONTAINERD_ROOT` alone, else the
 * root of containerd's own settings, that of a user without root, and those of what brings its own containerd.
 * https://github.com/containerd/containerd/blob/main/docs/ops.md#base-configuration
 */
export async function findContainerdRoots(env: NodeJS.ProcessEnv): Promise<string[]> {
  if (env.PLIMSOLL_CONTAINERD_ROOT) return [resolve(env.PLIMSOLL_CONTAINERD_ROOT)];
  const usual = (await configuredRoot()) ?? '/var/lib/containerd';
  const home = env.XDG_DATA_HOME || join(env.HOME || homedir(), '.local', 'share');
  const others = [join(home, 'containerd'), ...broughtRoots];
  const present = await Promise.all(others.map(isDirectory));
  return [usual, ...others.filter((_root, place) => present[place])];
}

/** Of Docker where it starts a containerd of its own, k3s, RKE2, k0s and MicroK8s. */
const broughtRoots: readonly string[] = [
  '/var/lib/docker/containerd/daemon',
  '/var/lib/rancher/k3s/agent/containerd',
  '/var/lib/rancher/rke2/agent/containerd',
  '/var/lib/k0s/containerd',
  '/var/snap/microk8s/common/var/lib/containerd',
];

async function configuredRoot(): Promise<string | undefined> {
  const text = await readFile(configPath, 'utf8').catch(() => '');
  return rootIn(text.slice(0, maxConfigBytes));
}

/** `root` of containerd's settings: a string before the first table. */
export function rootIn(toml: string): string | undefined {
  for (const line of toml.split('\n')) {
    if (/^\s*\[/.test(line)) return undefined;
    const [, basic, literal] = /^\s*root\s*=\s*(?:"([^"\\]{1,4096})"|'([^']{1,4096})')/.exec(line) ?? [];
    if (basic !== undefined || literal !== undefined) return basic ?? literal;
  }
  return undefined;
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    // What may not be looked at may be there.
    (error: unknown) => (error as NodeJS.ErrnoException).code === 'EACCES',
  );
}
