import type { CommandContext } from '@stricli/core';
import { scanThrough } from '../../pipeline/scan.ts';
import type { ScanOptions } from '../../pipeline/scan-options.ts';
import { exitStatus } from '../exit.ts';
import { judge } from '../judgement.ts';
import { parseOutputs, writeOutputs } from '../outputs.ts';
import { createProgress } from '../progress.ts';
import { runReporting } from '../run-reporting.ts';
import { readSettings } from '../settings.ts';
import { platformOf, severityOf } from '../values.ts';

export interface ScanFlags {
  readonly output?: readonly string[];
  readonly platform?: string;
  readonly failOn?: string;
  readonly onlyFixed?: boolean;
  readonly offline?: boolean;
  readonly requireData?: boolean;
  readonly allowProblems?: boolean;
  readonly noCache?: boolean;
  readonly registryCa?: string;
  readonly insecureHttp?: boolean;
  readonly config?: string;
  readonly quiet?: boolean;
  readonly timings?: boolean;
}

/** Runs `plimsoll scan`. */
export async function runScan(this: CommandContext, flags: ScanFlags, reference: string): Promise<void> {
  await runReporting(async (signal) => {
    const settings = await readSettings(flags.config);
    const outputs = parseOutputs(flags.output ?? settings.output ?? []);
    const progress = createProgress(process.stderr, { quiet: flags.quiet ?? false });
    try {
      const wanted = { ...toOptions({ ...settings, ...defined(flags) }), signal, progress };
      const { report, missing } = await scanThrough(reference, wanted);
      progress.end();
      const allowProblems = flags.allowProblems ?? settings.allowProblems ?? false;
      const judgement = judge(report, { allowProblems, missing });
      // A reader that closes the pipe early ends this process: it must not end as if all were well.
      process.exitCode = judgement.status;
      await writeOutputs(report, judgement, outputs, signal);
      if (missing !== undefined) throw missing;
      // With all outputs in files, a failed scan would end without a word.
      const isSilent = outputs.every(({ file }) => file !== undefined) && judgement.status !== exitStatus.pass;
      if (isSilent) progress.note(judgement.lines.at(-1)!);
      return judgement.status;
    } finally {
      progress.end();
    }
  });
}

function toOptions(flags: Partial<ScanFlags>): Omit<ScanOptions, 'signal' | 'progress'> {
  return {
    platform: flags.platform === undefined ? undefined : platformOf(flags.platform),
    failOn: flags.failOn === undefined ? undefined : severityOf(flags.failOn),
    onlyFixed: flags.onlyFixed ?? false,
    offline: flags.offline ?? false,
    requireData: flags.requireData ?? false,
    cache: flags.noCache !== true,
    registryCa: flags.registryCa,
    insecureHttp: flags.insecureHttp ?? false,
    timings: flags.timings ?? false,
  };
}

/** The flags that were given. */
export function defined<T extends object>(flags: T): Partial<T> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as Partial<T>;
}
