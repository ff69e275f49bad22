import type { CommandContext } from '@stricli/core';
import type { Problem } from '../../base/model/problem.ts';
import { isUnread } from '../../base/unread.ts';
import { formats } from '../../documents/index.ts';
import { type ListOptions, listContents } from '../../pipeline/list-contents.ts';
import { exitStatus } from '../exit.ts';
import { judge } from '../judgement.ts';
import { parseOutputs, writeOutputs } from '../outputs.ts';
import { createProgress } from '../progress.ts';
import { runReporting } from '../run-reporting.ts';
import { readSettings, type Settings } from '../settings.ts';
import { platformOf } from '../values.ts';
import { printable } from '../views/printable.ts';
import { defined } from './run-scan.ts';

export interface SbomFlags {
  readonly output?: readonly string[];
  readonly platform?: string;
  readonly offline?: boolean;
  readonly allowProblems?: boolean;
  readonly noCache?: boolean;
  readonly registryCa?: string;
  readonly insecureHttp?: boolean;
  readonly config?: string;
  readonly quiet?: boolean;
}

/** Runs `plimsoll sbom`. */
export async function runSbom(this: CommandContext, flags: SbomFlags, reference: string): Promise<void> {
  await runReporting(async (signal) => {
    const settings = await readSettings(flags.config);
    // The settings' outputs are a scan's, such as the table.
    const outputs = parseOutputs(flags.output ?? [], '-o', inventoryFormats());
    const progress = createProgress(process.stderr, { quiet: flags.quiet ?? false });
    try {
      const report = await listContents(reference, {
        ...toOptions({ ...settings, ...defined(flags) }),
        signal,
        progress,
      });
      progress.end();
      const status = tellProblems(report.problems, { ...settings, ...defined(flags) });
      // A reader that closes the pipe early ends this process: it must not end as if all were well.
      process.exitCode = status;
      const { allowProblems = false } = { ...settings, ...defined(flags) };
      await writeOutputs(report, judge(report, { allowProblems }), outputs, signal);
      return status;
    } finally {
      progress.end();
    }
  });
}

function inventoryFormats(): string[] {
  return formats.filter(({ isInventory }) => isInventory).map(({ id }) => id);
}

function toOptions(flags: Settings & Partial<SbomFlags>): Omit<ListOptions, 'signal' | 'progress' | 'limits'> {
  return {
    platform: flags.platform === undefined ? undefined : platformOf(flags.platform),
    offline: flags.offline ?? false,
    cache: flags.noCache !== true,
    registryCa: flags.registryCa,
    insecureHttp: flags.insecureHttp ?? false,
  };
}

/** There is no table to list them in: what was not read is told on stderr, since a bill with a gap looks like any other. */
function tellProblems(problems: readonly Problem[], { allowProblems, quiet }: Settings & Partial<SbomFlags>): number {
  const unread = problems.filter(isUnread);
  if (unread.length === 0 || (allowProblems && quiet)) return exitStatus.pass;
  const more = unread.length === 1 ? '' : ` And ${unread.length - 1} more; the document lists all.`;
  const accept = allowProblems ? '' : ' --allow-problems accepts that.';
  process.stderr.write(`plimsoll: A part of the image was not read: ${toSentence(unread[0]!)}${more}${accept}\n`);
  return allowProblems ? exitStatus.pass : exitStatus.trouble;
}

/** Most messages name their path themselves. */
function toSentence({ where, message }: Problem): string {
  return printable(message.includes(where.path) ? message : `${where.path}: ${message}`);
}
