import { open } from 'node:fs/promises';
import { PlimsollError, toMessage } from '../../../base/errors.ts';

/** Larger than any settings by far. */
const maxBytes = 1024 * 1024;

/** An object of a settings file; undefined where there is none. Throws `usage` for a file that is there and cannot be read. */
export async function readJsonFile(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    const text = (await file.readFile('utf8')).trim();
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is no JSON object');
    return value as Record<string, unknown>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new PlimsollError('usage', `${path} cannot be used: ${toMessage(error)}. Correct it or move it away.`, {
      cause: error,
    });
  }
}
