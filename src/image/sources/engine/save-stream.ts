import { PlimsollError } from '../../../base/errors.ts';
import type { Limits } from '../../../base/limits.ts';
import type { Platform } from '../../../base/model/image.ts';
import { discardBody, type HttpResponse } from '../../../base/net/http-types.ts';
import { type Engine, type EngineRequest, isVersionAtLeast } from './engine.ts';
import { toEngineError } from './engine-error.ts';
import type { FoundImage } from './find-image.ts';
import type { SaveStream } from './saved-image.ts';

/** Engines first put the whole archive together on their own disk. */
const saveTimeoutMs = 15 * 60 * 1000;

export interface SaveOptions {
  /** As the user wrote the image, with its scheme. */
  readonly reference: string;
  readonly platform?: Platform | undefined;
  readonly limits: Limits;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The archive of one image, asked for by its id: a tag may move meanwhile. */
export function saveStreamOf(engine: Engine, { id }: FoundImage, options: SaveOptions): SaveStream {
  const { reference, limits, timeoutMs = saveTimeoutMs } = options;
  return {
    name: reference,
    limits,
    async open(signal = options.signal) {
      const asked = { timeoutMs, signal };
      const response = await engine.get({ path: `images/${id}/get`, query: queryFor(engine, options), ...asked });
      return accept(engine, response, asked, id, reference);
    },
  };
}

/** Docker says it as JSON: https://docs.docker.com/reference/api/engine/version/v1.48/#tag/Image/operation/ImageGet */
function queryFor(engine: Engine, { platform }: SaveOptions): Record<string, string> {
  if (platform === undefined || !isVersionAtLeast(engine.apiVersion, '1.48')) return {};
  return { platform: JSON.stringify(platform) };
}

async function accept(
  engine: Engine,
  response: HttpResponse,
  asked: Pick<EngineRequest, 'timeoutMs' | 'signal'>,
  id: string,
  reference: string,
): Promise<AsyncIterable<Uint8Array>> {
  if (response.status === 200) return checkType(engine, response, reference).body;
  if (response.status !== 500 || engine.libpodVersion === undefined)
    throw await toEngineError(engine, response, reference);
  // Podman cannot put layers in zstd into the archive of Docker's form. Its other form takes three times as long: it compresses.
  const query = { format: 'oci-archive' };
  const path = `images/${id.replace(/^sha256:/, '')}/get`;
  const second = await engine.get({ path, query, libpod: true, ...asked });
  if (second.status === 200) {
    await discardBody(response);
    return checkType(engine, second, reference).body;
  }
  await discardBody(second);
  throw await toEngineError(engine, response, reference);
}

function checkType(engine: Engine, response: HttpResponse, reference: string): HttpResponse {
  const type = response.headers['content-type'] ?? '';
  if (!/^\s*text\/html\b/i.test(type)) return response;
  throw new PlimsollError(
    'bad-answer',
    `${reference}: ${engine.title} at ${engine.at} answers with an HTML page. Is this the socket of a container engine?`,
  );
}
