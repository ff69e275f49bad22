import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The list of a feed that is one file: its own name, unless the file is known to be absent. */
export async function listSingle(name: string, address: string): Promise<string[] | undefined> {
  if (!address.startsWith('file:')) return [name];
  const found = await stat(fileURLToPath(address)).catch(() => undefined);
  return found?.isFile() ? [name] : undefined;
}
