import { type ErrorCode, PlimsollError, toMessage } from '../../../base/errors.ts';
import type { HttpResponse } from '../../../base/net/http-types.ts';
import { NetworkError, StallError, systemCodeOf } from '../../../base/net/network-error.ts';
import { readBody } from '../../../base/net/read-body.ts';

const maxErrorBytes = 64 * 1024;

/** What is said of an engine in errors. */
export interface EngineName {
  /** `Docker` or `Podman`. */
  readonly title: string;
  /** `unix:///var/run/docker.sock`. */
  readonly at: string;
  /** How to start it, in a sentence. */
  readonly startAdvice: string;
  /** How to do without it, in a sentence. */
  readonly saveAdvice: string;
  /** The group whose members may ask it. */
  readonly group: string | undefined;
}

/** Says what went wrong on the way to an engine, and what to do about it. Passes on what is no fault of the connection. */
export function toEngineFault(engine: EngineName, error: unknown): unknown {
  if (!(error instanceof NetworkError)) return error;
  const { code, message } = explainFault(engine, error);
  return new PlimsollError(code, `${engine.title} at ${engine.at}: ${message}`, { cause: error });
}

function explainFault(engine: EngineName, error: NetworkError): { code: ErrorCode; message: string } {
  const { startAdvice, saveAdvice, group } = engine;
  if (error.cause instanceof StallError)
    return { code: 'network', message: `${error.cause.message}. Does it hang or work hard? ${saveAdvice}` };
  const system = systemCodeOf(error);
  switch (system) {
    case 'ENOENT':
      return { code: 'network', message: `there is no such socket. ${startAdvice}` };
    case 'ECONNREFUSED':
      return { code: 'network', message: `nothing answers there. ${startAdvice}` };
    case 'EACCES':
    case 'EPERM': {
      const member = group === undefined ? 'Is it the socket of another user?' : `Is this user in the group ${group}?`;
      return { code: 'unauthorized', message: `permission denied on the socket. ${member} ${saveAdvice}` };
    }
  }
  if (system.startsWith('HPE_'))
    return { code: 'bad-answer', message: `what answers there speaks no HTTP. Is this an engine's socket?` };
  return {
    code: 'network',
    message: `the connection broke in the middle (${oneLine(toMessage(error.cause))}). Was it stopped? Try again. ${saveAdvice}`,
  };
}

/** Reads an answer that is no success, and says what it means. */
export async function toEngineError(engine: EngineName, response: HttpResponse, what: string): Promise<PlimsollError> {
  const said = await readMessage(response);
  const { status } = response;
  const { code, advice } = adviceFor(status, engine);
  return new PlimsollError(
    code,
    `${what}: ${engine.title} at ${engine.at} answers with status ${status}${said === '' ? '' : ` (${said})`}. ${advice}`,
  );
}

function adviceFor(status: number, { saveAdvice }: EngineName): { code: ErrorCode; advice: string } {
  if (status === 401 || status === 403)
    return { code: 'unauthorized', advice: `Does a proxy in front of it forbid to read images? ${saveAdvice}` };
  if (status === 404) return { code: 'not-found', advice: 'Check name, tag and platform.' };
  if (status >= 500) return { code: 'network', advice: saveAdvice };
  return { code: 'bad-answer', advice: 'Is this the socket of a container engine?' };
}

/** Both engines explain themselves in `message`: https://docs.docker.com/reference/api/engine/ (Errors). */
async function readMessage(response: HttpResponse): Promise<string> {
  try {
    const { message } = JSON.parse((await readBody(response, maxErrorBytes)).toString('utf8')) as { message?: unknown };
    return typeof message === 'string' ? oneLine(message) : '';
  } catch {
    return '';
  }
}

/** What an engine said, fit for one line of an error. */
export function oneLine(text: string): string {
  return text
    .slice(0, 1000)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .replace(/\.$/, '')
    .slice(0, 300);
}
