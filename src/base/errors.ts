/**
 * Why a step cannot go on. Damage that costs only a part of the result is a `Problem` instead (model/problem.ts).
 * The exit status of each code stands in one table, `cli/exit.ts`.
 */
export type ErrorCode =
  | 'usage' // the command line or a setting is wrong
  | 'reference-unreadable' // the image reference cannot be parsed or names nothing
  | 'image-unreadable' // the image's own bytes are damaged or not an image
  | 'digest-mismatch' // bytes are not what their descriptor says
  | 'limit-exceeded' // a bound of `Limits` was passed: the input is hostile or the bound too small
  | 'unauthorized' // a registry or feed refused the credentials, or wanted some
  | 'not-found' // a registry or feed does not have it
  | 'network' // no answer, or none in time
  | 'bad-answer' // an answer that breaks its protocol
  | 'data-missing' // no advisory data, and the user asked for it
  | 'data-damaged' // a shard or an export of advisory data is not whole
  | 'storage' // the data directory cannot be read or written
  | 'cancelled'; // the user's signal

/** A failure that ends the command. `message` says what is wrong, where, and what to do about it. */
export class PlimsollError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'PlimsollError';
    this.code = code;
  }
}

/** The text of anything that was thrown, without a stack. */
export function toMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
