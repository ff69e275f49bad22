import type { CommandContext } from '@stricli/core';
import { exportDatabase, importDatabase } from '../../../advise/database/exchange.ts';
import { Store } from '../../../advise/database/store.ts';
import { PlimsollError } from '../../../base/errors.ts';
import type { ProgressSink } from '../../../base/progress.ts';
import { type UpdateOutcome, updateDatabase } from '../../../pipeline/update.ts';
import { exitStatus } from '../../exit.ts';
import { createProgress } from '../../progress.ts';
import { runReporting } from '../../run-reporting.ts';
import { describeImported, describeOutcome } from './describe.ts';
import { renderRefused, renderStatus, toStatusJson } from './status.ts';

export interface UpdateFlags {
  readonly from?: string;
  readonly acceptShrink?: boolean;
  readonly offline?: boolean;
  readonly quiet?: boolean;
}

export interface StatusFlags {
  readonly output: 'table' | 'json';
  readonly refused?: boolean;
}

export interface ExportFlags {
  readonly quiet?: boolean;
}

export interface ImportFlags {
  readonly quiet?: boolean;
}

/** Runs `plimsoll db update`. */
export async function runUpdate(this: CommandContext, flags: UpdateFlags, ...names: string[]): Promise<void> {
  await runReporting(async (signal) => {
    refuseNetwork(flags);
    return withProgress(flags, async (progress) => {
      const tell = (outcome: UpdateOutcome) => {
        // What failed is told even where progress is not.
        if (outcome.kind === 'failed' && flags.quiet) process.stderr.write(`${describeOutcome(outcome)}\n`);
        else if (outcome.kind === 'failed') progress.note(describeOutcome(outcome));
        else if (!flags.quiet) print(`${describeOutcome(outcome)}\n`);
      };
      const { from, acceptShrink } = flags;
      const outcomes = await updateDatabase({ from, acceptShrink, names, signal, progress, onOutcome: tell });
      return outcomes.some(({ kind }) => kind === 'failed') ? exitStatus.trouble : exitStatus.pass;
    });
  });
}

/** Runs `plimsoll db status`. */
export async function runStatus(this: CommandContext, { output, refused }: StatusFlags): Promise<void> {
  await runReporting(async () => {
    const store = new Store();
    if (output === 'json') print(`${JSON.stringify(toStatusJson(store, refused ?? false), null, 2)}\n`);
    else {
      print(renderStatus(store, new Date()));
      if (refused) print(renderRefused(store));
    }
    return store.readSnapshots().damaged.length > 0 ? exitStatus.trouble : exitStatus.pass;
  });
}

/** Runs `plimsoll db export`. */
export async function runExport(this: CommandContext, { quiet }: ExportFlags, file: string): Promise<void> {
  await runReporting(async (signal) => {
    const { snapshots, bytes } = await exportDatabase(new Store(), file, signal);
    if (!quiet) print(`${file}: ${snapshots} ecosystems and feeds, ${bytes} bytes\n`);
    return exitStatus.pass;
  });
}

/** Runs `plimsoll db import`. */
export async function runImport(this: CommandContext, { quiet }: ImportFlags, file: string): Promise<void> {
  await runReporting(async (signal) => {
    const store = new Store();
    const before = store.readSnapshots().snapshots;
    for (const snapshot of await importDatabase(store, file, signal))
      if (!quiet) print(`${describeImported(snapshot, before)}\n`);
    await store.collectGarbage();
    return exitStatus.pass;
  });
}

async function withProgress(
  { quiet = false }: { readonly quiet?: boolean },
  work: (progress: ProgressSink) => Promise<number>,
): Promise<number> {
  const progress = createProgress(process.stderr, { quiet });
  try {
    return await work(progress);
  } finally {
    progress.end();
  }
}

function refuseNetwork({ offline, from }: UpdateFlags): void {
  if (offline && (from === undefined || /^https?:/i.test(from)))
    throw new PlimsollError(
      'usage',
      '--offline forbids to fetch. Name a directory: plimsoll db update --offline --from DIRECTORY',
    );
}

function print(text: string): void {
  process.stdout.write(text);
}
