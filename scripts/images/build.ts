// From a recipe to an OCI layout whose layers are all gzip: mmdebstrap, npm, pip, buildah, umoci.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { type Commands, runCommand } from './commands.ts';
import { findDebianMirror } from './mirror.ts';
import type { Recipe } from './recipes.ts';

/** Midnight of 1 January 2026: the one date in everything that can be told a date. */
const sourceDateEpoch = '1767225600';

/** Builds the image in `work` and answers the path of its layout, tagged `latest`. */
export function buildImage(recipe: Recipe, work: string, commands: Commands): string {
  const context = join(work, 'context');
  cpSync(join(import.meta.dirname, recipe.name), context, { recursive: true });
  makeBase(recipe, join(context, 'base.tar'), commands);
  for (const folder of recipe.npm ?? []) installModules(join(context, folder), commands);
  if (recipe.python !== undefined) downloadWheels(context, recipe.python, commands);
  const layout = join(work, 'oci-built');
  buildLayers(context, work, layout, commands);
  if (recipe.opaque !== undefined) replaceDirectory(layout, context, recipe.opaque, commands);
  return layout;
}

function makeBase({ suite, include, slim }: Recipe, path: string, commands: Commands): void {
  const without = ['/usr/share/doc/*', '/usr/share/locale/*', '/usr/share/man/*'].map((glob) => `path-exclude=${glob}`);
  const options = slim ? without.map((line) => `--dpkgopt=${line}`) : [];
  const packages = `--include=${include.join(',')}`;
  commands.execute('mmdebstrap', ['--variant=minbase', packages, ...options, suite, path, findDebianMirror()], {
    env: { SOURCE_DATE_EPOCH: sourceDateEpoch },
  });
}

function installModules(folder: string, commands: Commands): void {
  commands.execute('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder], {
    cwd: folder,
  });
}

/** PyYAML and MarkupSafe are fetched as source: the image's own pip then leaves an `egg-info`, the wheels a `dist-info`. */
function downloadWheels(context: string, python: string, commands: Commands): void {
  const wheels = join(context, 'wheels');
  const requirements = join(context, 'app', 'requirements.txt');
  const options = ['--no-deps', '--no-cache-dir', '--quiet', '--dest', wheels, '--requirement', requirements];
  const forms =
    python === '3.9' ? ['--no-binary', 'pyyaml,markupsafe'] : ['--only-binary', ':all:', '--python-version', python];
  commands.execute('python3', ['-m', 'pip', 'download', ...options, ...forms]);
}

/** Layers by chroot, so that neither namespaces nor a daemon are needed; storage is apart from the machine's own. */
function buildLayers(context: string, work: string, layout: string, commands: Commands): void {
  const storage = [
    '--root',
    join(work, 'storage'),
    '--runroot',
    join(work, 'run'),
    '--storage-driver',
    findDriver(work),
  ];
  commands.execute('buildah', [...storage, 'build', '--isolation', 'chroot', '--layers', '--tag', 'built', context]);
  commands.execute('buildah', [...storage, 'push', '--quiet', 'built', `oci:${layout}:latest`]);
}

/** Overlay writes opaque directories as Docker does; where it cannot be mounted, in a container say, copies do. */
function findDriver(work: string): 'overlay' | 'vfs' {
  const probe = ['--root', join(work, 'probe'), '--runroot', join(work, 'probe-run'), '--storage-driver', 'overlay'];
  try {
    runCommand('buildah', [...probe, 'info']);
    return 'overlay';
  } catch {
    return 'vfs';
  }
}

function replaceDirectory(
  layout: string,
  context: string,
  [from, to]: readonly [string, string],
  commands: Commands,
): void {
  const source = join(context, from);
  commands.execute('umoci', ['insert', '--image', `${layout}:latest`, '--opaque', source, to]);
  commands.execute('umoci', ['gc', '--layout', layout]);
}
