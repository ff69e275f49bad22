import { buildApplication, buildRouteMap, run, type StricliProcess } from '@stricli/core';
import { version } from '../base/version.ts';
import { dbRoutes } from './commands/db.ts';
import { sbomCommand } from './commands/sbom.ts';
import { scanCommand } from './commands/scan.ts';
import { exitStatus } from './exit.ts';
import { messages } from './messages.ts';
import { reportError } from './run-reporting.ts';

const routes = buildRouteMap({
  routes: { scan: scanCommand, sbom: sbomCommand, db: dbRoutes },
  docs: {
    brief: 'The load line for container images',
    fullDescription: [
      'Plimsoll tells whether a container image is fit to sail: what is in it, which known vulnerabilities that has, and',
      'what to change first.',
      '',
      'A first look:',
      '  plimsoll scan dir:/                     this machine itself',
      '  plimsoll scan oci-archive:app.tar       an image in a file',
      '  plimsoll scan registry:debian:12        an image in a registry',
      '',
      'Exit status: 0 above the line, 1 below it (--fail-on), 2 when the work could not be done.',
    ].join('\n'),
  },
});

const application = buildApplication(routes, {
  name: 'plimsoll',
  versionInfo: { currentVersion: version },
  localization: { text: messages },
  scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
  documentation: { caseStyle: 'convert-camel-to-kebab', disableAnsiColor: !process.stdout.isTTY },
});

/** Runs one command line; the exit status is left in `process.exitCode`. */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', endIfNotClosed);
  // Node would end with 1, which says "below the line".
  process.on('uncaughtException', (error) => process.exit(reportError(error)));
  // Notes that nobody can read are lost; the exit status still tells.
  process.stderr.on('error', () => {});
  const host: StricliProcess = { stdout: process.stdout, stderr: process.stderr, env: process.env };
  await run(application, toFlags(args), { process: host });
  // Commands set the process's own status; stricli answers its own failures, such as an unknown flag, with negative numbers.
  if (typeof host.exitCode === 'number' && host.exitCode < 0) process.exitCode = exitStatus.trouble;
}

/** `plimsoll help scan` and `plimsoll version` are what people try first. */
function toFlags([first, ...rest]: readonly string[]): string[] {
  if (first === undefined) return ['--help'];
  if (first === 'help') return [...rest, '--help'];
  return [first === 'version' ? '--version' : first, ...rest];
}

/** `plimsoll scan … | head` closes the pipe early, which is no fault; a full disk behind it is one. */
function endIfNotClosed({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return;
  process.stderr.write(`plimsoll: Cannot write to stdout: ${message}.\n`);
  process.exit(exitStatus.trouble);
}
