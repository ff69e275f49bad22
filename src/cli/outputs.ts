import { closeSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PlimsollError } from '../base/errors.ts';
import type { Report } from '../base/model/report.ts';
import { asideName, isSpecialFile, toStorageError } from '../base/places.ts';
import { openSpecialFile } from '../base/special-file.ts';
import { formats } from '../documents/index.ts';
import type { Judgement } from './judgement.ts';

/** One `-o FORMAT[=FILE]`. */
export interface Output {
  readonly format: string;
  /** Undefined for stdout. */
  readonly file?: string;
}

/** What `plimsoll scan` writes; the first unless told. */
const scanFormats: readonly string[] = ['table', ...formats.map(({ id }) => id)];

/**
 * Reads `-o` values.
 * @param name Of the flag or setting, for the error.
 * @param known The formats there are; the first is what none means.
 */
export function parseOutputs(values: readonly string[], name = '-o', known: readonly string[] = scanFormats): Output[] {
  const outputs = (values.length === 0 ? known.slice(0, 1) : values).map((value) => parseOutput(value, name, known));
  const toStdout = outputs.filter(({ file }) => file === undefined);
  if (toStdout.length > 1)
    throw new PlimsollError(
      'usage',
      `${name}: ${toStdout.length} outputs would go to stdout; give all but one a file, as in ${known[1]}=FILE.`,
    );
  refuseSameFile(outputs, name);
  return outputs;
}

/** The later output would replace the earlier. A device or pipe, such as /dev/null, takes both. */
function refuseSameFile(outputs: readonly Output[], name: string): void {
  const taken = new Set<string>();
  for (const { file } of outputs) {
    if (file === undefined || isSpecialFile(file)) continue;
    const place = realPlace(file);
    if (taken.has(place))
      throw new PlimsollError('usage', `${name}: two outputs would go to ${file}; give each a file of its own.`);
    taken.add(place);
  }
}

/** With the directory's real path; writing replaces a link in the place of the file itself. */
function realPlace(file: string): string {
  const path = resolve(file);
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    // A directory that is not there is told when the file is written.
    return path;
  }
}

function parseOutput(value: string, name: string, known: readonly string[]): Output {
  const equals = value.indexOf('=');
  const format = equals < 0 ? value : value.slice(0, equals);
  if (!known.includes(format))
    throw new PlimsollError('usage', `${name} "${format}" is no output format. There are: ${known.join(', ')}.`);
  if (equals < 0) return { format };
  if (equals === value.length - 1)
    throw new PlimsollError('usage', `${name} "${value}" names no file after the equals sign.`);
  return { format, file: value.slice(equals + 1) };
}

/** Writes a report in every form that was asked for. A file is whole or not there. */
export async function writeOutputs(
  report: Report,
  judgement: Judgement,
  outputs: readonly Output[],
  signal: AbortSignal,
): Promise<void> {
  // Comparing and judging let no signal in.
  await nextTurn();
  signal.throwIfAborted();
  for (const { format, file } of outputs) {
    const chunks = await render(report, judgement, format, file === undefined);
    if (file === undefined) await writeToStdout(chunks);
    else if (isSpecialFile(file)) await writeToSpecialFile(chunks, file, signal);
    else writeToFile(chunks, file);
  }
}

async function render(
  report: Report,
  judgement: Judgement,
  format: string,
  isStdout: boolean,
): Promise<Iterable<string>> {
  const document = formats.find(({ id }) => id === format);
  if (document !== undefined) return (await document.load())(report);
  const { renderTable } = await import('./views/table/index.ts');
  const isTerminal = isStdout && process.stdout.isTTY === true;
  return [
    renderTable(report, judgement, {
      width: isTerminal ? process.stdout.columns : 'uncut',
      color: isStdout && hasColors(),
      now: new Date(),
    }),
  ];
}

/** Colour only where a terminal shows it; NO_COLOR and FORCE_COLOR decide before that. https://no-color.org */
function hasColors(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0';
  return process.stdout.isTTY === true && !NO_COLOR && process.stdout.hasColors();
}

/** Ends early where the reader has left: that is no fault, and changes neither other outputs nor the exit status. */
async function writeToStdout(chunks: Iterable<string>): Promise<void> {
  for (const chunk of chunks) {
    const isTaken = await new Promise((resolve) => process.stdout.write(chunk, (error) => resolve(!error)));
    if (!isTaken) return;
  }
}

/** A disk that is nearly full takes a part of what it is given, and says so. */
function writeWhole(handle: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}

/** Synchronous: nothing else is going on, and streams would have to be loaded first. */
function writeToFile(chunks: Iterable<string>, file: string): void {
  const aside = asideName(file);
  try {
    const handle = openSync(aside, 'wx');
    try {
      for (const chunk of chunks) writeWhole(handle, Buffer.from(chunk));
    } finally {
      closeSync(handle);
    }
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    throw toStorageError('write', file, error, advice);
  }
}

async function writeToSpecialFile(chunks: Iterable<string>, file: string, signal: AbortSignal): Promise<void> {
  try {
    const special = await openSpecialFile(file, signal);
    try {
      for (const chunk of chunks) await special.write(Buffer.from(chunk));
    } finally {
      special.close();
    }
  } catch (error) {
    throw toStorageError('write', file, error, advice);
  }
}

const advice = 'Name another file: -o FORMAT=FILE.';
