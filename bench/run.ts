// `npm run bench`: measures the budgets on real images; exits with 1 if one does not hold. See README.md beside this file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { recipes } from '../scripts/images/recipes.ts';
import { findMadeImage, type MadeImage, referenceTo } from '../test/images/made-images.ts';
import { prepareAdvisoryData } from './advisory-data.ts';
import {
  type Bench,
  checkScan,
  measureColdScan,
  measureMatching,
  measureMemory,
  measurePlainArchive,
  measureWarmScan,
  type Result,
} from './budgets.ts';
import { makeManyEntries, manyEntries } from './many-entries.ts';
import { makeManyPackages, manyPackages } from './many-packages.ts';
import { toMarkdown, toText } from './table.ts';
import { makeThousandPackages } from './thousand-packages.ts';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    /** The program to measure; another release, say. */
    program: { type: 'string', default: join(root, 'bin', 'plimsoll.js') },
    runs: { type: 'string', default: '7' },
    /** Also puts the results into README.md. */
    markdown: { type: 'boolean', default: false },
  },
});

const { results, setting } = await measureAll();
process.stdout.write(`${setting}\n\n${toText(results)}\n`);
if (values.markdown) writeReadme(`${setting}\n\n${toMarkdown(results)}`);
if (results.some(({ pass }) => !pass)) process.exitCode = 1;

async function measureAll(): Promise<{ results: Result[]; setting: string }> {
  const images = findImages();
  const main = images.find(({ name }) => name === 'debian11-node')!;
  const largest = images.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const work = join(root, '.plimsoll', 'bench');
  mkdirSync(work, { recursive: true });
  const plimsoll: Bench['plimsoll'] = [process.execPath, values.program];
  const { home, feeds, source } = prepareAdvisoryData(plimsoll, work, root);
  const bench: Bench = { plimsoll, home, runs: Math.max(5, Number(values.runs)) };
  const entries = `oci-dir:${await makeManyEntries(work)}:latest`;
  const many = `oci-dir:${makeManyPackages(work)}:latest`;
  const packages = `oci-dir:${makeThousandPackages(work, main, feeds)}:latest`;
  const found = checkScan(bench, referenceTo(main, 'oci-gzip'), 300);
  checkScan(bench, entries, manyEntries / 250);
  checkScan(bench, packages, 1000);
  checkScan(bench, many, manyPackages);
  const results = [
    measureColdScan(bench, main),
    measurePlainArchive(bench, main),
    measureWarmScan(bench, main),
    measureMemory(bench, largest.name, referenceTo(largest, 'oci')),
    ...measureHuge(bench),
    measureMemory(bench, `${manyEntries.toLocaleString('en')} entries`, entries),
    measureMemory(bench, `${manyPackages.toLocaleString('en')} packages`, many),
    measureMatching(bench, packages),
  ];
  return { results, setting: describe(main, found, bench.runs, source) };
}

/** Images that are made only where they are asked for. */
function measureHuge(bench: Bench): Result[] {
  const made = recipes.filter(({ onDemand }) => onDemand).map(({ name }) => findMadeImage(name));
  return made.flatMap((image) => {
    if (image === undefined) return [];
    const what = `${image.name}, ${(image.bytes / 1e9).toFixed(1)} GB`;
    return [measureMemory(bench, what, referenceTo(image, 'oci-gzip'))];
  });
}

function findImages(): MadeImage[] {
  const wanted = recipes.filter(({ onDemand }) => !onDemand);
  const found = wanted.map(({ name }) => findMadeImage(name)).filter((image) => image !== undefined);
  if (found.length === wanted.length) return found;
  throw new Error('The benchmarks measure real images: run "npm run images" first (Debian or Ubuntu, as root).');
}

function describe(image: MadeImage, found: string, runs: number, data: string): string {
  const machine = `Node.js ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`;
  const what = `${image.name}, ${image.layers} layers, ${(image.bytes / 1e6).toFixed(0)} MB unpacked, ${found}`;
  return `${machine}. ${what}. Medians of ${runs} runs in turn. Advisory data: ${data}.`;
}

function writeReadme(result: string): void {
  const path = join(import.meta.dirname, 'README.md');
  const text = readFileSync(path, 'utf8');
  const replaced = text.replace(
    /(<!-- result -->\n)[\s\S]*(<!-- end -->)/,
    (_, start, end) => `${start}\n${result}\n\n${end}`,
  );
  writeFileSync(path, replaced);
}
