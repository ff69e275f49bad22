import { readFile, stat } from 'node:fs/promises';
import { PlimsollError, toMessage } from '../base/errors.ts';

/** What `plimsoll.yaml` may set; a flag wins over it. Schema: `docs/plimsoll.schema.json`. */
export interface Settings {
  readonly output?: readonly string[];
  readonly platform?: string;
  readonly failOn?: string;
  readonly onlyFixed?: boolean;
  readonly offline?: boolean;
  readonly requireData?: boolean;
  readonly allowProblems?: boolean;
  readonly registryCa?: string;
}

const kinds: Readonly<Record<keyof Settings, 'text' | 'truth' | 'texts'>> = {
  output: 'texts',
  platform: 'text',
  failOn: 'text',
  onlyFixed: 'truth',
  offline: 'truth',
  requireData: 'truth',
  allowProblems: 'truth',
  registryCa: 'text',
};

const maxBytes = 1 << 20;

/** Reads the settings of a project: the file given, else `plimsoll.yaml` in the current directory, else none. */
export async function readSettings(file: string | undefined): Promise<Settings> {
  const path = file ?? 'plimsoll.yaml';
  const text = await readBoundedText(path).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof PlimsollError) throw error;
    if (file === undefined && error.code === 'ENOENT') return undefined;
    throw new PlimsollError('usage', `The settings ${path} cannot be read: ${error.message}.`, { cause: error });
  });
  if (text === undefined) return {};
  const { load } = await import('js-yaml');
  return checkSettings(parse(load, text, path), path);
}

async function readBoundedText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > maxBytes) throw new PlimsollError('usage', `The settings ${path} have more than ${maxBytes} bytes.`);
  return readFile(path, 'utf8');
}

function parse(load: (text: string) => unknown, text: string, path: string): unknown {
  try {
    return load(text) ?? {};
  } catch (error) {
    throw new PlimsollError('usage', `The settings ${path} are no YAML: ${toMessage(error)}`, { cause: error });
  }
}

function checkSettings(value: unknown, path: string): Settings {
  const wrong = (detail: string) => new PlimsollError('usage', `The settings ${path}: ${detail}.`);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('a mapping of names to values is expected');
  for (const [key, item] of Object.entries(value)) {
    if (!Object.hasOwn(kinds, key)) throw wrong(`"${key}" is no setting; there are ${Object.keys(kinds).join(', ')}`);
    const kind = kinds[key as keyof Settings];
    if (kind === 'text' && typeof item !== 'string') throw wrong(`"${key}" takes a text`);
    if (kind === 'truth' && typeof item !== 'boolean') throw wrong(`"${key}" takes true or false`);
    if (kind === 'texts' && !(Array.isArray(item) && item.every((entry) => typeof entry === 'string')))
      throw wrong(`"${key}" takes a list of texts`);
  }
  return value as Settings;
}
