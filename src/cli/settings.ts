import { readFile, stat } from 'node:fs/promises';
import { PlimsollError, toMessage } from '../base/errors.ts';
import { parseOutputs } from './outputs.ts';
import { platformOf, severityOf } from './values.ts';

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
  if (text === undefined || hasOnlyComments(text)) return {};
  const { load } = await import('js-yaml');
  return checkSettings(parse(load, text, path), path);
}

async function readBoundedText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > maxBytes) throw new PlimsollError('usage', `The settings ${path} have more than ${maxBytes} bytes.`);
  return readFile(path, 'utf8');
}

/** The parser takes a file without any value for a fault. */
function hasOnlyComments(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));
}

function parse(load: (text: string) => unknown, text: string, path: string): unknown {
  try {
    return load(text) ?? {};
  } catch (error) {
    throw new PlimsollError('usage', `The settings ${path} are no YAML: ${toSyntaxText(error)}.`, { cause: error });
  }
}

/** `line 2, column 5: bad indentation of a mapping entry`: the parser's own text is a picture of several lines. */
function toSyntaxText(error: unknown): string {
  const { reason, mark } = error as { reason?: unknown; mark?: { line: number; column: number } };
  if (typeof reason !== 'string') return toMessage(error);
  return mark === undefined ? reason : `line ${mark.line + 1}, column ${mark.column + 1}: ${reason}`;
}

function checkSettings(value: unknown, path: string): Settings {
  const wrong = (detail: string) => new PlimsollError('usage', `The settings ${path}: ${detail}.`);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('a mapping of names to values is expected');
  for (const [key, item] of Object.entries(value)) {
    if (!Object.hasOwn(kinds, key)) throw wrong(`"${key}" is no setting; there are ${Object.keys(kinds).join(', ')}`);
    const kind = kinds[key as keyof Settings];
    if (kind === 'text' && typeof item !== 'string') throw wrong(`"${key}" takes a text`);
    if (kind === 'texts' && typeof item === 'string') throw wrong(`"${key}" takes a list: write ${key}: [${item}]`);
    if (kind === 'truth' && typeof item !== 'boolean') throw wrong(`"${key}" takes true or false`);
    if (kind === 'texts' && !(Array.isArray(item) && item.every((entry) => typeof entry === 'string')))
      throw wrong(`"${key}" takes a list of texts`);
  }
  checkValues(value, path);
  return value;
}

/** A wrong value is told by its file and key; the same on the command line by its flag. */
function checkValues({ output, platform, failOn }: Settings, path: string): void {
  const named = (key: keyof Settings) => `The settings ${path}: ${key}`;
  if (output !== undefined) parseOutputs(output, named('output'));
  if (platform !== undefined) platformOf(platform, named('platform'));
  if (failOn !== undefined) severityOf(failOn, named('failOn'));
}
