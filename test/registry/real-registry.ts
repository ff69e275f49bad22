// Runs Debian's docker-registry on this machine for a test, and fills it with skopeo.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Time for the registry to say where it listens. */
const startMs = 20_000;

export interface RealRegistryOptions {
  /** Basic authentication by `login`. */
  readonly password?: boolean;
  /** https with a certificate of an authority that nobody trusts. */
  readonly tls?: boolean;
  /** Bearer tokens of this server. */
  readonly token?: {
    readonly realm: string;
    readonly service: string;
    readonly issuer: string;
    readonly certificate: string;
  };
}

export interface RealRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** The authority's certificate, where there is TLS. */
  readonly caFile: string;
  /** A directory of its own, removed with it. */
  readonly folder: string;
  /** Copies an image of an OCI directory into it. */
  push(source: string, name: string, ...options: string[]): Promise<void>;
}

export const login = { username: 'plimsoll', password: 'load:line' };
/** Made by crypt(3) with bcrypt: `crypt.crypt('load:line', crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16))` in Python 3.11. */
const htpasswd = 'plimsoll:$2b$04$5DSUuUMgqs1G.kWuW/ZBc.uk3oV4tlEezFbN.gL89BfHfHy.aDw3a\n';

/** Which of the programs are not installed. */
export function missingTools(): string[] {
  return ['docker-registry', 'skopeo', 'openssl'].filter((name) => !isInstalled(name));
}

export async function startRealRegistry(options: RealRegistryOptions = {}): Promise<RealRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-registry-'));
  if (options.tls) await makeCertificates(folder);
  await writeFile(join(folder, 'htpasswd'), htpasswd);
  if (options.token) await writeFile(join(folder, 'issuer.pem'), options.token.certificate);
  await writeFile(join(folder, 'config.json'), JSON.stringify(configuration(folder, options)));
  const child = spawn('docker-registry', ['serve', join(folder, 'config.json')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH },
  });
  const dispose = async () => {
    await stop(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const host = `127.0.0.1:${await portOf(child)}`;
    const push = (source: string, name: string, ...more: string[]) =>
      skopeoCopy(folder, source, `${host}/${name}`, options, more);
    return { host, caFile: join(folder, 'ca.pem'), folder, push, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** A self-signed certificate with its key, in PEM, for what tokens are signed with. */
export async function makeIssuer(): Promise<{ certificate: string; key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-issuer-'));
  try {
    const { stdout } = await run(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=issuer', '-keyout', '-'],
      { cwd: folder },
    );
    const [key = '', certificate = ''] = ['PRIVATE KEY', 'CERTIFICATE'].map(
      (kind) => new RegExp(`-----BEGIN ${kind}-----[^-]+-----END ${kind}-----`).exec(stdout)?.[0],
    );
    return { certificate, key };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether a program is in PATH. */
export function isInstalled(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** JSON is YAML too. https://distribution.github.io/distribution/about/configuration/ */
function configuration(folder: string, { password, tls, token }: RealRegistryOptions): object {
  const auth = token
    ? {
        token: {
          realm: token.realm,
          service: token.service,
          issuer: token.issuer,
          rootcertbundle: join(folder, 'issuer.pem'),
        },
      }
    : { htpasswd: { realm: 'plimsoll', path: join(folder, 'htpasswd') } };
  return {
    version: 0.1,
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: join(folder, 'storage') } },
    http: {
      addr: '127.0.0.1:0',
      ...(tls ? { tls: { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key') } } : {}),
    },
    compatibility: { schema1: { enabled: true } },
    ...(password || token ? { auth } : {}),
  };
}

/** The registry logs the port that the system gave it. */
async function portOf(child: ChildProcess): Promise<number> {
  let log = '';
  return new Promise((resolve, reject) => {
    const fail = (detail: string) => reject(new Error(`docker-registry ${detail}:\n${log}`));
    const timer = setTimeout(() => fail('does not say where it listens'), startMs);
    child.once('error', reject);
    child.once('exit', (code) => fail(`ended with ${code}`));
    // Read to the end of its life, or it would block on a full pipe.
    child.stderr?.on('data', (chunk) => {
      log = (log + chunk).slice(-10_000);
      const port = /listening on 127\.0\.0\.1:(\d+)/.exec(log)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
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

async function skopeoCopy(
  folder: string,
  source: string,
  target: string,
  { password }: RealRegistryOptions,
  more: readonly string[],
): Promise<void> {
  const credentials = password ? ['--dest-creds', `${login.username}:${login.password}`] : [];
  const env = { PATH: process.env.PATH, HOME: folder, XDG_RUNTIME_DIR: folder };
  await run(
    'skopeo',
    [
      '--insecure-policy',
      'copy',
      '--quiet',
      '--dest-tls-verify=false',
      ...credentials,
      ...more,
      source,
      `docker://${target}`,
    ],
    { env },
  );
}

/** An authority, and a certificate of its for 127.0.0.1. */
async function makeCertificates(folder: string): Promise<void> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=ca',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  await openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=127.0.0.1',
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
  );
  await writeFile(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1\n');
  await openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    'names',
    '-out',
    'server.pem',
  );
}
