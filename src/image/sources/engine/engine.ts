import { PlimsollError } from '../../../base/errors.ts';
import { createHttpClient } from '../../../base/net/http-client.ts';
import { discardBody, type HttpResponse } from '../../../base/net/http-types.ts';
import { readBody } from '../../../base/net/read-body.ts';
import { version } from '../../../base/version.ts';
import { checkAllowed, type Endpoint, type EndpointRules, formatEndpoint } from './endpoint.ts';
import { type EngineName, toEngineError, toEngineFault } from './engine-error.ts';

/** A kind of container engine: where it listens and what to tell about it. */
export interface EngineKind extends Omit<EngineName, 'at'> {
  /** As in references. */
  readonly scheme: 'docker' | 'podman';
  findEndpoints(env: NodeJS.ProcessEnv): Promise<Endpoint[]>;
}

export interface EngineOptions extends EndpointRules {
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For an answer to begin, and for each KiB of it. */
  readonly timeoutMs?: number;
}

/** How something is asked of an engine. */
export interface EngineRequest {
  /** Behind the version: `images/json`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Asks by Podman's own interface. */
  readonly libpod?: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A connected engine. */
export interface Engine extends EngineName {
  /** Of Docker's interface, as agreed upon. */
  readonly apiVersion: string;
  /** Where it also speaks Podman's own. */
  readonly libpodVersion?: string;
  /** Gives an answer whatever its status; faults of the connection are told by its errors, also while its body is read. */
  get(request: EngineRequest): Promise<HttpResponse>;
  close(): void;
}

/**
 * The newest interface of Docker that is asked for: of what came after, nothing is needed. Docker 29 refuses those before 1.44.
 * https://docs.docker.com/reference/api/engine/version-history/
 */
const newestApi = '1.48';
const defaultTimeoutMs = 30_000;

/** Connects to the first endpoint that answers. Throws what each of them lacks where none does. */
export async function connectEngine(kind: EngineKind, options: EngineOptions): Promise<Engine> {
  const endpoints = await kind.findEndpoints(options.env ?? process.env);
  const failures: PlimsollError[] = [];
  for (const endpoint of endpoints) {
    checkAllowed(endpoint, options);
    try {
      return await connect(kind, endpoint, options);
    } catch (error) {
      if (!(error instanceof PlimsollError) || options.signal?.aborted) throw error;
      failures.push(error);
    }
  }
  // A socket that is there and does not let us in says more than one that is missing.
  throw failures.find(({ code }) => code !== 'network') ?? failures[0]!;
}

async function connect(kind: EngineKind, endpoint: Endpoint, options: EngineOptions): Promise<Engine> {
  const name: EngineName = { ...kind, at: formatEndpoint(endpoint) };
  const origin = endpoint.kind === 'unix' ? 'http://localhost' : endpoint.origin;
  const client = createHttpClient({
    userAgent: `plimsoll/${version}`,
    env: options.env,
    retries: 0,
    ...(endpoint.kind === 'unix' ? { socketPath: endpoint.path } : {}),
  });
  const ask = async (path: string, { timeoutMs = options.timeoutMs ?? defaultTimeoutMs, signal }: Asking) => {
    try {
      const response = await client.request({
        url: `${origin}/${path}`,
        redirects: false,
        resume: false,
        timeoutMs,
        signal,
      });
      return { ...response, body: explainFaults(response.body, name) };
    } catch (error) {
      throw toEngineFault(name, error);
    }
  };
  try {
    const versions = await greet(name, await ask('_ping', options));
    const get = ({ path, query = {}, libpod = false, ...asking }: EngineRequest) => {
      const prefix = libpod ? `v${versions.libpodVersion}/libpod` : `v${versions.apiVersion}`;
      const search = new URLSearchParams(query).toString();
      return ask(`${prefix}/${path}${search === '' ? '' : `?${search}`}`, { signal: options.signal, ...asking });
    };
    return { ...name, ...versions, get, close: client.close };
  } catch (error) {
    client.close();
    throw error;
  }
}

type Asking = { readonly timeoutMs?: number; readonly signal?: AbortSignal | undefined };

async function greet(name: EngineName, response: HttpResponse): Promise<Pick<Engine, 'apiVersion' | 'libpodVersion'>> {
  if (response.status !== 200 && response.status !== 404) throw await toEngineError(name, response, '/_ping');
  await discardBody(response);
  const api = versionIn(response.headers['api-version'], /^\d{1,3}\.\d{1,3}$/);
  const libpod = versionIn(response.headers['libpod-api-version'], /^\d{1,3}\.\d{1,3}\.\d{1,3}$/);
  if (api === undefined) {
    const type = (response.headers['content-type'] ?? 'no content type').slice(0, 60).replace(/[^\x20-\x7e]/g, '?');
    throw new PlimsollError(
      'bad-answer',
      `${name.title} at ${name.at}: what answers there is no container engine (status ${response.status}, ${type}). Check the address.`,
    );
  }
  return {
    apiVersion: isVersionAtLeast(api, newestApi) ? newestApi : api,
    ...(libpod === undefined ? {} : { libpodVersion: libpod }),
  };
}

function versionIn(text: string | undefined, pattern: RegExp): string | undefined {
  return text !== undefined && pattern.test(text) ? text : undefined;
}

/** Whether a version of Docker's interface, such as `1.44`, is another one or newer. */
export function isVersionAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** Reads an answer's JSON. Throws `bad-answer` for what is none, and `limit-exceeded` past `maxBytes`. */
export async function readJson(
  engine: EngineName,
  response: HttpResponse,
  maxBytes: number,
  what: string,
): Promise<unknown> {
  const bytes = await readBody(response, maxBytes);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new PlimsollError(
      'bad-answer',
      `${what}: ${engine.title} at ${engine.at} answers with something that is no JSON. Is this the socket of a container engine?`,
      { cause },
    );
  }
}

/** The same bytes, an iterator rather than a generator for the same reason as the body itself. */
function explainFaults(body: AsyncIterable<Uint8Array>, name: EngineName): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const chunks = body[Symbol.asyncIterator]();
      return {
        next: () =>
          chunks.next().catch((error: unknown) => {
            throw toEngineFault(name, error);
          }),
        return: async () => {
          await chunks.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
