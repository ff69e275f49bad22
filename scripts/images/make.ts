// Makes real images for tests and benchmarks: `npm run images`, or `npm run images -- --force [NAME...]`.
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findMadeImage, imagesDirectory } from '../../test/images/made-images.ts';
import { buildImage } from './build.ts';
import { Commands, runCommand } from './commands.ts';
import { makeForm } from './forms.ts';
import { blobPath, readManifest, readManifestDescriptor } from './layout.ts';
import { findDebianMirror } from './mirror.ts';
import { type Recipe, recipes } from './recipes.ts';

const { values, positionals } = parseArgs({ options: { force: { type: 'boolean' } }, allowPositionals: true });
const wanted = recipes.filter(({ name, onDemand }) =>
  positionals.length === 0 ? !onDemand : positionals.includes(name),
);

if (process.getuid?.() !== 0) {
  process.stderr.write(
    'Real images are made by mmdebstrap and chroot, on Linux and as root. Tests that need them are skipped without.\n',
  );
  process.exitCode = 1;
} else {
  for (const recipe of wanted) process.stdout.write(`${makeUnlessMade(recipe)}\n`);
}

function makeUnlessMade(recipe: Recipe): string {
  const made = findMadeImage(recipe.name);
  if (!values.force && made?.recipe === recipeDigest(recipe)) return `${recipe.name}: as it was, ${made.digest}`;
  const started = performance.now();
  const { digest, layers, bytes } = make(recipe);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  return `${recipe.name}: made in ${seconds} s, ${layers} layers, ${(bytes / 1e6).toFixed(0)} MB unpacked, ${digest}`;
}

/** Made aside and renamed when whole, so that a run that was ended leaves nothing that looks finished. */
function make(recipe: Recipe): { digest: string; layers: number; bytes: number } {
  const final = join(imagesDirectory, recipe.name);
  const directory = `${final}.making`;
  const work = join(directory, 'work');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const commands = new Commands(
    new Map([
      [work, '$WORK'],
      [directory, '$IMAGE'],
      [findDebianMirror(), '$MIRROR'],
    ]),
  );
  const layout = buildImage(recipe, work, commands);
  for (const name of ['storage', 'run', 'context']) rmSync(join(work, name), { recursive: true, force: true });
  for (const form of recipe.forms) makeForm(form, { name: recipe.name, layout, directory, work, commands });
  const summary = summarise(recipe, layout, directory);
  rmSync(work, { recursive: true, force: true });
  writeFileSync(join(directory, 'made.json'), JSON.stringify({ ...summary, commands: commands.run }, null, 2));
  rmSync(final, { recursive: true, force: true });
  renameSync(directory, final);
  return summary;
}

function summarise(recipe: Recipe, layout: string, directory: string) {
  return {
    name: recipe.name,
    recipe: recipeDigest(recipe),
    made: new Date().toISOString(),
    /** Of the image as built, all layers gzip; forms with other compression have their own. */
    digest: readManifestDescriptor(layout).digest,
    layers: readManifest(layout).layers.length,
    bytes: recipe.forms.includes('root') ? bytesBelow(join(directory, 'root')) : bytesOfLayers(layout),
    forms: recipe.forms,
  };
}

function bytesBelow(root: string): number {
  return Number(runCommand('du', ['-sb', root]).split('\t')[0]);
}

function bytesOfLayers(layout: string): number {
  const blobs = readManifest(layout).layers.map(({ digest }) => blobPath(layout, digest));
  return Number(runCommand('sh', ['-c', 'for blob; do gzip -dc "$blob"; done | wc -c', 'sh', ...blobs]));
}

/** Changes when anything does that decides what is made. */
function recipeDigest(recipe: Recipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe));
  const sources = globSync(['*.ts', `${recipe.name}/**/*`], { cwd: import.meta.dirname }).sort();
  for (const source of sources) {
    const path = join(import.meta.dirname, source);
    if (statSync(path).isFile()) hash.update(source).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}
