import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { toMessage } from '../../base/errors.ts';
import { homeOf } from '../../base/places.ts';
import { runCredentialHelper } from './credential-helper.ts';
import { type Credentials, toCredentials } from './credentials.ts';

/** Where to look for credentials, and what they are for. */
export interface CredentialQuery {
  /** As in `RegistryReference`. */
  readonly registry: string;
  readonly repository: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** What was found, and why what should have been found was not. */
export interface FoundCredentials {
  readonly credentials?: Credentials;
  /** The file or helper that they are from, as it is shown. */
  readonly from?: string;
  /** Sentences: files and helpers that could not be used. */
  readonly notes: readonly string[];
}

/** The settings of `docker login`, or of podman and skopeo, that matter here. Unchecked. */
type ConfigFile = Readonly<Record<'auths' | 'credHelpers' | 'credsStore', unknown>>;

/** Larger than any real one by far. */
const maxConfigBytes = 1024 * 1024;

/** Docker Hub's key in the files and helpers, for historical reasons. */
const dockerHubKey = 'https://index.docker.io/v1/';

/** The files that `docker`, `podman` and `skopeo` keep logins in, in the order in which they are asked. */
export function credentialFiles(env: NodeJS.ProcessEnv): string[] {
  const home = homeOf(env);
  return [
    ...(env.REGISTRY_AUTH_FILE ? [env.REGISTRY_AUTH_FILE] : []),
    join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'containers', 'auth.json')] : []),
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'containers', 'auth.json'),
  ];
}

/**
 * Finds credentials for a repository: of each file the helper for the registry, then the general one, then what the file
 * itself holds. What is damaged is noted and passed over, since the image may be public.
 */
export async function findCredentials(query: CredentialQuery): Promise<FoundCredentials> {
  const notes: string[] = [];
  for (const path of credentialFiles(query.env)) {
    try {
      const found = await findInFile(path, query, notes);
      if (found !== undefined) return { ...found, notes };
    } catch (error) {
      query.signal?.throwIfAborted();
      notes.push(`${path} cannot be used for credentials: ${toMessage(error)}.`);
    }
  }
  return { notes };
}

async function findInFile(
  path: string,
  query: CredentialQuery,
  notes: string[],
): Promise<{ credentials: Credentials; from: string } | undefined> {
  const config = await readConfig(path);
  if (config === undefined) return undefined;
  const helper = helperFor(config, query.registry);
  const helped = helper === undefined ? undefined : await askHelper(helper, query, notes);
  if (helped !== undefined) return { credentials: helped, from: `docker-credential-${helper}` };
  const stored = findStored(config.auths, query);
  return stored === undefined ? undefined : { credentials: stored, from: path };
}

async function askHelper(
  helper: string,
  { registry, env, signal }: CredentialQuery,
  notes: string[],
): Promise<Credentials | undefined> {
  try {
    const server = registry === 'docker.io' ? dockerHubKey : registry;
    return await runCredentialHelper(helper, server, { env, signal });
  } catch (error) {
    signal?.throwIfAborted();
    notes.push(toMessage(error));
    return undefined;
  }
}

async function readConfig(path: string): Promise<ConfigFile | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    if (size > maxConfigBytes) throw new Error(`it has more than ${maxConfigBytes} bytes`);
    const text = (await file.readFile('utf8')).trim();
    return text === '' ? undefined : (toRecord(JSON.parse(text)) as ConfigFile);
  } finally {
    await file.close();
  }
}

function helperFor({ credHelpers, credsStore }: ConfigFile, registry: string): string | undefined {
  for (const [key, helper] of Object.entries(toRecord(credHelpers)))
    if (normalizeKey(key) === registry && typeof helper === 'string' && helper !== '') return helper;
  return typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined;
}

/** The entry with the longest prefix of the repository: podman's keys may name a part of a registry. */
function findStored(auths: unknown, { registry, repository }: CredentialQuery): Credentials | undefined {
  const byKey = new Map(Object.entries(toRecord(auths)).map(([key, entry]) => [normalizeKey(key), entry]));
  const names = repository.split('/');
  for (let count = names.length; count >= 0; count--) {
    const found = toStored(byKey.get([registry, ...names.slice(0, count)].join('/')));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `https://index.docker.io/v1/` is `docker.io`; `https://registry.example/v2/` is `registry.example`. */
function normalizeKey(key: string): string {
  const bare = key.slice(0, 2048).replace(/^https?:\/\//i, '');
  const [host = '', ...rest] = bare.split('/').filter((part) => part !== '');
  const names = rest[0] === 'v1' || rest[0] === 'v2' ? [] : rest;
  const lower = host.toLowerCase();
  return [['index.docker.io', 'registry-1.docker.io'].includes(lower) ? 'docker.io' : lower, ...names].join('/');
}

function toStored(entry: unknown): Credentials | undefined {
  const { auth, username, password, identitytoken, registrytoken } = toRecord(entry);
  const [user, secret] = decodeAuth(auth) ?? [asText(username), asText(password)];
  if (asText(registrytoken) !== '') return { kind: 'registry-token', token: asText(registrytoken) };
  if (asText(identitytoken) !== '') return { kind: 'identity-token', username: user, token: asText(identitytoken) };
  return toCredentials(user, secret);
}

/** `auth` is base64 of `user:password`. Docker pads it with NUL at times. */
function decodeAuth(auth: unknown): [string, string] | undefined {
  const text = Buffer.from(asText(auth), 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : [text.slice(0, colon), text.slice(colon + 1)];
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
