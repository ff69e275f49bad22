// Builds dist/: what bin/plimsoll.js runs and what the package exports. Types are checked and declared by tsc; the code is joined into
// a few files by esbuild, since finding and reading a hundred modules would take longer than a warm scan may.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
const types = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (types.status !== 0) process.exit(types.status ?? 1);
// Declarations keep the `.ts` of their imports, which a project that uses them would not resolve.
for (const file of globSync('dist/types/**/*.d.ts')) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(from '|import\(')(\.[^']+)\.ts'/g, "$1$2.js'"));
}

await build({
  entryPoints: { main: 'src/cli/main.ts', index: 'src/index.ts', 'hash-worker': 'src/base/bytes/hash-worker.ts' },
  outdir: 'dist',
  bundle: true,
  // What is imported when it is needed stays in files of its own.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  define: { BUILD_DIGEST: JSON.stringify(digestOfSources()) },
  logLevel: 'warning',
});

/** The same sources give the same digest, wherever and whenever they are built. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const path of globSync('src/**/*.ts').sort()) hash.update(`${path}\n`).update(readFileSync(path));
  return hash.digest('hex');
}
