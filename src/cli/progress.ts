import type { ProgressEvent, ProgressSink } from '../base/progress.ts';
import { cutEnd } from './views/fit-text.ts';
import { printable } from './views/printable.ts';

/** Where progress is written: stderr. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'write'> & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** Progress that must be ended, so that it leaves the terminal as it was. Ending it twice does no harm. */
export interface Progress extends ProgressSink {
  end(): void;
}

/** Work that is done sooner shows nothing. */
const firstLineMs = 1000;
/** A terminal's line is written anew this often, so that it lives without flicker. */
const redrawMs = 100;
/** A log gets a line after the first and then after each further time: enough to see that the work goes on. */
const firstLogMs = 5000;
const nextLogMs = 15_000;

/**
 * Shows progress: on a terminal one line that overwrites itself, in a log a line now and then, and nothing when quiet. Notes
 * are written at once.
 */
export function createProgress(stream: ProgressStream, { quiet }: { readonly quiet: boolean }): Progress {
  if (quiet) return { report: () => {}, note: () => {}, end: () => {} };
  const isTerminal = stream.isTTY === true && process.env.TERM !== 'dumb';
  return isTerminal ? createTerminalProgress(stream) : createLogProgress(stream);
}

function createTerminalProgress(stream: ProgressStream): Progress {
  let latest: ProgressEvent | undefined;
  let shown = '';
  let timer: NodeJS.Timeout | undefined;
  let started = 0;
  let drawn = 0;

  const clear = () => {
    if (shown !== '') stream.write('\r\u001b[K');
    shown = '';
  };
  const draw = () => {
    const now = Date.now();
    if (latest === undefined || now - started < firstLineMs || now - drawn < redrawMs) return;
    drawn = now;
    // The last column stays free: some terminals wrap when it is filled.
    const text = cutEnd(toText(latest), Math.max(1, (stream.columns || 80) - 1));
    if (text !== shown) stream.write(`\r${text}\u001b[K`);
    shown = text;
  };
  return {
    report(event) {
      started ||= Date.now();
      latest = event;
      // A task that reports only once must show as well; one that keeps the process busy draws from here.
      timer ??= setInterval(draw, redrawMs).unref();
      draw();
    },
    note(text) {
      clear();
      stream.write(`${printable(text)}\n`);
    },
    end() {
      clearInterval(timer);
      timer = undefined;
      latest = undefined;
      clear();
    },
  };
}

function createLogProgress(stream: ProgressStream): Progress {
  let next: number | undefined;
  return {
    report(event) {
      const now = Date.now();
      next ??= now + firstLogMs;
      if (now < next) return;
      next = now + nextLogMs;
      // A line of its own sense: what comes after it may be much later.
      stream.write(`Still at work: ${printable(toText(event).replaceAll('  ', ', '))}\n`);
    },
    note: (text) => void stream.write(`${printable(text)}\n`),
    end: () => {},
  };
}

/** `Reading 5 layers  1.2 of 3.4 GB  35%`. */
function toText({ task, done, total, unit }: ProgressEvent): string {
  if (done === undefined) return task;
  const amount = unit === 'bytes' ? toBytes : toCount;
  if (total === undefined || total <= 0) return `${task}  ${amount(done)}`;
  const percent = Math.min(100, Math.floor((done / total) * 100));
  return `${task}  ${amount(done)} of ${amount(total)}  ${percent}%`;
}

function toCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Decimal units, as disks and registries use them. */
function toBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'] as const;
  const exponent = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** exponent).toFixed(1)} ${units[exponent - 1]}`;
}
