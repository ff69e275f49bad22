// From the layout that was built to the forms in which images travel.
import { mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Commands } from './commands.ts';
import { readManifest, recompress } from './layout.ts';
import type { Form } from './recipes.ts';

/** What a form is made from, and where. */
export interface Making {
  readonly name: string;
  /** The built layout, all layers gzip. */
  readonly layout: string;
  /** The image's own directory: forms go here, under the name of the form (archives with `.tar`). */
  readonly directory: string;
  /** A directory for what is in between. */
  readonly work: string;
  readonly commands: Commands;
}

/** Makes one form. */
export function makeForm(form: Form, making: Making): void {
  makers[form](making, join(making.directory, fileName(form)));
}

/** The name of a form's file or directory inside the image's directory. */
export function fileName(form: Form): string {
  return form.includes('archive') ? `${form}.tar` : form;
}

const makers: Readonly<Record<Form, (making: Making, path: string) => void>> = {
  oci: ({ layout }, path) => recompress(layout, path, ['gzip', 'zstd', 'none']),
  'oci-gzip': ({ layout }, path) => recompress(layout, path, ['gzip']),
  'oci-plain': ({ layout }, path) => recompress(layout, path, ['none']),
  'oci-archive': makeOciArchive,
  'docker-archive': makeDockerArchive,
  'docker-archive-24': makeDockerArchive24,
  'docker-archive-25': makeDockerArchive25,
  root: makeRoot,
};

/** Copied from the form with mixed layers: skopeo leaves blobs as they are. */
function makeOciArchive({ directory, commands }: Making, path: string): void {
  copy(commands, `oci:${join(directory, 'oci')}:latest`, `oci-archive:${path}:latest`);
}

function makeDockerArchive({ name, layout, commands }: Making, path: string): void {
  copy(commands, `oci:${layout}:latest`, `docker-archive:${path}:${tagOf(name)}`);
}

function copy(commands: Commands, from: string, to: string): void {
  commands.execute('skopeo', ['--insecure-policy', 'copy', '--quiet', from, to]);
}

function tagOf(name: string): string {
  return `localhost/${name}:latest`;
}

/** Skopeo leaves links from the old names to the new; here the old names become the files, as Docker wrote them. */
function makeDockerArchive24(making: Making, path: string): void {
  const saved = join(making.work, 'saved');
  const archive = join(making.work, 'saved.tar');
  makeDockerArchive(making, archive);
  mkdirSync(saved);
  making.commands.execute('tar', ['-xf', archive, '-C', saved]);
  rmSync(archive);
  const names = nameLayersByDirectory(saved);
  const manifestPath = join(saved, 'manifest.json');
  const [image] = JSON.parse(readFileSync(manifestPath, 'utf8')) as [{ Layers: string[] }];
  image.Layers = image.Layers.map((layer) => names.get(layer) ?? layer);
  writeFileSync(manifestPath, JSON.stringify([image]));
  making.commands.execute('tar', ['-cf', path, '-C', saved, ...readdirSync(saved).sort()]);
  rmSync(saved, { recursive: true });
}

function nameLayersByDirectory(saved: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const entry of readdirSync(saved, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const link = join(saved, entry.name, 'layer.tar');
    const target = readlinkSync(link).replace('../', '');
    rmSync(link);
    renameSync(join(saved, target), link);
    names.set(target, `${entry.name}/layer.tar`);
  }
  return names;
}

function makeDockerArchive25({ name, layout, work, commands }: Making, path: string): void {
  const { config, layers } = readManifest(layout);
  const [configPath, ...layerPaths] = [config, ...layers].map(({ digest }) => `blobs/${digest.replace(':', '/')}`);
  const manifest = [{ Config: configPath, RepoTags: [tagOf(name)], Layers: layerPaths }];
  writeFileSync(join(work, 'manifest.json'), JSON.stringify(manifest));
  const fromLayout = ['-C', layout, 'blobs', 'index.json', 'oci-layout'];
  commands.execute('tar', ['-cf', path, ...fromLayout, '-C', work, 'manifest.json']);
}

/** Umoci is the oracle for how layers lie over one another; dpkg itself for which packages that makes. */
function makeRoot({ layout, directory, work, commands }: Making, path: string): void {
  const bundle = join(work, 'bundle');
  commands.execute('umoci', ['unpack', '--image', `${layout}:latest`, bundle]);
  renameSync(join(bundle, 'rootfs'), path);
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders.
  const format =
    '${Package}\\t${Version}\\t${Architecture}\\t${db:Status-Abbrev}\\t${source:Package}\\t${source:Version}\\n';
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders.
  const admin = `--admindir=${join(path, 'var/lib/dpkg')}`;
  writeFileSync(join(directory, 'dpkg-query.tsv'), commands.execute('dpkg-query', [admin, '-W', `-f=${format}`]));
}
