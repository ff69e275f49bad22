// The first five budgets of ARCHITECTURE.md, each measured against its floor in the same run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobPath, readManifest } from '../scripts/images/layout.ts';
import { type MadeImage, referenceTo } from '../test/images/made-images.ts';
import { alternate, type Command, median, peakMemoryOf, runToEnd, timeCommand } from './measure.ts';

/** One line of the result. */
export interface Result {
  readonly budget: string;
  /** The rule in words, such as `at most 0.7 x`. */
  readonly limit: string;
  readonly floor: string;
  readonly measured: string;
  /** Measured by floor, or what stands for it; at most 1 of the budget. */
  readonly ratio: string;
  readonly pass: boolean;
}

/** What all measurements share. */
export interface Bench {
  /** The command that runs plimsoll, without arguments. */
  readonly plimsoll: Command['argv'];
  readonly home: string;
  readonly runs: number;
}

/** Exit status 1 is a finished scan too: the image lies below the line, as these should. */
function scan({ plimsoll, home }: Bench, reference: string, ...flags: readonly string[]): Command {
  return {
    argv: [...plimsoll, 'scan', reference, '-o', 'json=/dev/null', '--offline', ...flags],
    env: { PLIMSOLL_HOME: home },
    statuses: [0, 1],
  };
}

/**
 * A scan that finds nothing is fast. Throws unless this one lists so many packages and compared them with advisories; says what
 * it found.
 */
export function checkScan(bench: Bench, reference: string, atLeast: number): string {
  const report = join(bench.home, 'report.json');
  const command = scan(bench, reference, '-o', `json=${report}`);
  runToEnd(command);
  const { packages, matches, data } = JSON.parse(readFileSync(report, 'utf8'));
  if (packages.length < atLeast)
    throw new Error(`${reference}: ${packages.length} packages, expected at least ${atLeast}`);
  if (Object.keys(data).length === 0) throw new Error(`${reference}: nothing was compared with advisory data`);
  return `${packages.length} packages, ${matches.length} matches`;
}

const emptyNode: Command = { argv: [process.execPath, '-e', '0'] };

/** Cold scan of gzip layers against gzip itself on the same layers, one after the other. */
export function measureColdScan(bench: Bench, image: MadeImage): Result {
  const layout = join(image.directory, 'oci-gzip');
  const layers = readManifest(layout).layers.map(({ digest }) => blobPath(layout, digest));
  const gzip: Command = { argv: ['gzip', '-dc', ...layers] };
  const ours = scan(bench, referenceTo(image, 'oci-gzip'), '--no-cache');
  const [floor, measured] = alternateTimes(bench, gzip, ours);
  return asRatio('Cold scan, gzip layers', '`gzip -dc` of the layers', floor, measured, 0.7);
}

/** Reads and hashes a file in one thread, as checking its digest does at the least. */
const hashFile = `
const { openSync, readSync } = require('node:fs');
const file = openSync(process.argv[1]), hash = require('node:crypto').createHash('sha256'), buffer = Buffer.allocUnsafe(1 << 18);
for (let bytes; (bytes = readSync(file, buffer)) > 0; ) hash.update(buffer.subarray(0, bytes));
hash.digest();`;

/**
 * Cold scan of a plain archive: what is above start-up, against reading and hashing the archive. Reading alone (`cat`) is told
 * as well: no program can check digests in three times that, since SHA-256 takes longer.
 */
export function measurePlainArchive(bench: Bench, image: MadeImage): Result {
  const archive = join(image.directory, 'docker-archive.tar');
  const ours = scan(bench, referenceTo(image, 'docker-archive'), '--no-cache');
  const startUp = timeStartUp(bench);
  const cat = median(Array.from({ length: bench.runs }, () => timeCommand({ argv: ['cat', archive] })));
  const [hashing, measured] = alternateTimes(bench, { argv: [process.execPath, '-e', hashFile, archive] }, ours);
  const allowed = startUp + 2 * hashing;
  return {
    budget: 'Cold scan, plain docker-archive',
    limit: `start-up (${ms(startUp)}) + 2 x`,
    floor: `read and hash the archive ${ms(hashing)} (\`cat\` ${ms(cat)})`,
    measured: ms(measured),
    ratio: `${((measured - startUp) / hashing).toFixed(2)} x (${((measured - startUp) / cat).toFixed(1)} x \`cat\`)`,
    pass: measured <= allowed,
  };
}

function timeStartUp({ plimsoll, runs }: Bench): number {
  const version: Command = { argv: [...plimsoll, '--version'] };
  return median(Array.from({ length: runs }, () => timeCommand(version)));
}

/** A scan whose layers are all known from before. */
export function measureWarmScan(bench: Bench, image: MadeImage): Result {
  const ours = scan(bench, referenceTo(image, 'oci-gzip'));
  const [floor, measured] = alternateTimes(bench, emptyNode, ours);
  return asRatio('Warm scan', '`node -e 0`', floor, measured, 4);
}

/** Peak memory above that of Node.js itself. */
export function measureMemory(bench: Bench, what: string, reference: string): Result {
  const ours = scan(bench, reference, '--no-cache');
  const runs = Array.from({ length: 3 }, () => peakMemoryOf(ours));
  const floor = peakMemoryOf(emptyNode);
  const above = Math.max(...runs) - floor;
  return {
    budget: `Peak memory, ${what}`,
    limit: 'at most 200 MB above',
    floor: `\`node -e 0\` ${megabytes(floor)}`,
    measured: megabytes(Math.max(...runs)),
    ratio: `+ ${megabytes(above)}`,
    pass: above <= 200e6,
  };
}

/** The matching stage of a scan in a process of its own, as `--timings` tells it, opening the data included. */
export function measureMatching(bench: Bench, reference: string): Result {
  const ours = scan(bench, reference, '--no-cache', '--timings');
  const [floor, measured] = alternate(
    3 * bench.runs,
    () => timeCommand(emptyNode),
    () => readMatchTime(runToEnd(ours)),
  );
  return {
    budget: 'Matching 1,000 packages',
    limit: 'under 50 ms after start-up',
    floor: `\`node -e 0\` ${ms(floor)}`,
    measured: ms(measured),
    ratio: `${(measured / floor).toFixed(2)} x`,
    pass: measured < 50,
  };
}

function readMatchTime(stderr: string): number {
  const time = /\bmatch (\d{1,9}(?:\.\d{1,6})?) ms/.exec(stderr)?.[1];
  if (time === undefined) throw new Error(`the scan did not tell how long matching took:\n${stderr.slice(-2000)}`);
  return Number(time);
}

function alternateTimes({ runs }: Bench, floor: Command, measured: Command): [number, number] {
  return alternate(
    runs,
    () => timeCommand(floor),
    () => timeCommand(measured),
  );
}

function asRatio(budget: string, floorName: string, floor: number, measured: number, most: number): Result {
  return {
    budget,
    limit: `at most ${most} x`,
    floor: `${floorName} ${ms(floor)}`,
    measured: ms(measured),
    ratio: `${(measured / floor).toFixed(2)} x`,
    pass: measured <= most * floor,
  };
}

function ms(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
