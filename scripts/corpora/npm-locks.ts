/**
 * Makes src/inspect/packages/lang/npm/testdata: the lock files that npm, yarn, pnpm and bun write for one small project, and for
 * each the packages that the tool then unpacked (`<folder>/unpacked.txt`), those without development dependencies first. The
 * project has what is hard: an alias, a scope, a workspace, a folder, a tarball that bundles a package, an address, a git
 * repository, peers. Usage: node scripts/corpora/npm-locks.ts. It needs git and the npm registry.
 */
import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const target = new URL('../../src/inspect/packages/lang/npm/testdata/', import.meta.url).pathname;
const work = mkdtempSync(join(tmpdir(), 'npm-locks-'));
const server = createServer(({ url }, response) => {
  try {
    response.end(readFileSync(join(work, 'www', new URL(url ?? '', 'http://localhost').pathname)));
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const site = `127.0.0.1:${(server.address() as AddressInfo).port}`;

const berryrc = `nodeLinker: node-modules
enableScripts: false
enableTelemetry: false
enableGlobalCache: false
unsafeHttpWhitelist: ["127.0.0.1"]
`;
const workspace = 'packages:\n  - packages/*\n';

interface Tool {
  readonly folder: string;
  readonly lock: string;
  /** Package on the registry and the script in it that is run. */
  readonly from?: readonly [string, string];
  readonly install: readonly string[];
  /** Added to install without development dependencies. */
  readonly production?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

const npmInstall = [
  'install',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--omit-lockfile-registry-resolved=false',
];
const pnpmInstall = ['install', '--ignore-scripts', '--no-frozen-lockfile'];
const tools: readonly Tool[] = [
  ...['1', '2', '3'].map((version) => ({
    folder: `npm-${version}`,
    lock: 'package-lock.json',
    install: [...npmInstall, '--lockfile-version', version],
    production: ['--omit=dev'],
  })),
  {
    folder: 'yarn-1',
    lock: 'yarn.lock',
    from: ['yarn@1', 'yarn/bin/yarn.js'],
    install: ['install', '--ignore-scripts', '--non-interactive'],
  },
  {
    folder: 'yarn-3',
    lock: 'yarn.lock',
    from: ['@yarnpkg/cli-dist@3', '@yarnpkg/cli-dist/bin/yarn.js'],
    install: ['install'],
    files: { '.yarnrc.yml': berryrc, 'yarn.lock': '' },
  },
  {
    folder: 'yarn-4',
    lock: 'yarn.lock',
    from: ['@yarnpkg/cli-dist@4', '@yarnpkg/cli-dist/bin/yarn.js'],
    install: ['install'],
    files: { '.yarnrc.yml': `${berryrc}approvedGitRepositories: ["**"]\n`, 'yarn.lock': '' },
  },
  ...['7', '8', '9'].map((version) => ({
    folder: `pnpm-${version}`,
    lock: 'pnpm-lock.yaml',
    from: [`pnpm@${version}`, 'pnpm/bin/pnpm.cjs'] as const,
    install: pnpmInstall,
    production: ['--prod'],
    files: { 'pnpm-workspace.yaml': workspace },
  })),
  {
    folder: 'bun-1',
    lock: 'bun.lock',
    from: ['bun@1', 'bun/bin/bun.exe'],
    install: ['install', '--ignore-scripts', '--no-progress'],
    production: ['--production'],
  },
];

const run = promisify(execFile);
/** Whatever registry this machine uses, its tarballs lie below `/-/`. */
const registryHosts = /https?:\/\/[^/\s"]+(?=\/[^\s"]+\/-\/)/g;

await makeSources();
for (const tool of tools) await makeCase(tool);
rmSync(work, { recursive: true });
server.close();

async function makeSources(): Promise<void> {
  const www = join(work, 'www');
  const git = (...args: string[]) => run('git', args, { cwd: join(work, 'git-dep') });
  mkdirSync(www);
  writeJson('url-dep/package.json', { name: 'url-dep', version: '2.0.1', license: 'ISC' });
  writeJson('git-dep/package.json', { name: 'git-dep', version: '3.1.0', license: 'MIT' });
  writeJson('tar-dep/package.json', {
    name: 'tar-dep',
    version: '1.2.0',
    dependencies: { inherits: '2.0.3' },
    bundleDependencies: ['inherits'],
  });
  await run('npm', [...npmInstall, '--no-package-lock'], { cwd: join(work, 'tar-dep') });
  await run('npm', ['pack', '--pack-destination', www], { cwd: join(work, 'url-dep') });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  const who = ['-c', 'user.name=fixture', '-c', 'user.email=fixture@example.invalid'];
  await git(...who, 'commit', '--quiet', '--message=fixture', '--date=2020-01-01T00:00:00Z');
  await git('clone', '--quiet', '--bare', '.', join(www, 'git-dep.git'));
  await run('git', ['update-server-info'], { cwd: join(www, 'git-dep.git') });
  writeJson('app/package.json', {
    name: 'fixture-app',
    version: '1.0.0',
    private: true,
    workspaces: ['packages/*'],
    dependencies: {
      lodash: '4.17.15',
      'old-lodash': 'npm:lodash@4.17.10',
      '@hapi/hoek': '8.2.3',
      mkdirp: '0.5.1',
      resolve: '1.1.7',
      'local-dir': 'file:./local-dir',
      'tar-dep': 'file:./tar-dep-1.2.0.tgz',
      'url-dep': `http://${site}/url-dep-2.0.1.tgz`,
      'git-dep': `git+http://${site}/git-dep.git#main`,
    },
    optionalDependencies: { isarray: '1.0.0' },
    devDependencies: { minimist: '1.2.0', '@sinonjs/commons': '1.8.1' },
  });
  writeJson('app/local-dir/package.json', { name: 'local-dir', version: '0.3.0', dependencies: { ms: '2.0.0' } });
  writeJson('app/packages/tool/package.json', {
    name: '@fixture/tool',
    version: '0.1.0',
    dependencies: { lodash: '4.17.20', 'use-sync-external-store': '1.2.0', react: '18.2.0' },
  });
  await run('npm', ['pack', '--pack-destination', join(work, 'app')], { cwd: join(work, 'tar-dep') });
}

function writeJson(path: string, value: unknown): void {
  mkdirSync(join(work, path, '..'), { recursive: true });
  writeFileSync(join(work, path), JSON.stringify(value, undefined, 2));
}

async function makeCase(tool: Tool): Promise<void> {
  const { folder, lock, production } = tool;
  const all = await install(tool, []);
  const needed = production === undefined ? all.packages : (await install(tool, production, all.lock)).packages;
  mkdirSync(join(target, folder), { recursive: true });
  writeFileSync(join(target, folder, lock), toAnonymous(all.lock));
  const development = all.packages.filter((item) => !needed.includes(item));
  const lines = [...needed, ...development.map((item) => `${item} development`)];
  writeFileSync(join(target, folder, 'unpacked.txt'), `${lines.join('\n')}\n`);
}

async function install(
  tool: Tool,
  more: readonly string[],
  known?: string,
): Promise<{ lock: string; packages: string[] }> {
  const cwd = mkdtempSync(join(work, `${tool.folder}-`));
  cpSync(join(work, 'app'), cwd, { recursive: true });
  for (const [name, text] of Object.entries(tool.files ?? {})) writeFileSync(join(cwd, name), text);
  if (known !== undefined) writeFileSync(join(cwd, tool.lock), known);
  const command = tool.from === undefined ? ['npm'] : await fetchTool(...tool.from);
  const env = { ...process.env, npm_config_store_dir: join(work, 'store'), BUN_INSTALL_CACHE_DIR: join(work, 'store') };
  await run(command[0]!, [...command.slice(1), ...tool.install, ...more], { cwd, env });
  return { lock: readFileSync(join(cwd, tool.lock), 'utf8'), packages: listUnpacked(cwd) };
}

function toAnonymous(lock: string): string {
  const address = 'site.example.invalid';
  return lock
    .replaceAll(site, address)
    .replaceAll(site.replace(':', '+'), address)
    .replace(registryHosts, 'https://registry.example.invalid');
}

async function fetchTool(spec: string, script: string): Promise<string[]> {
  const cwd = join(work, 'tools', spec);
  writeJson(`tools/${spec}/package.json`, {});
  await run('npm', ['install', '--no-audit', '--no-fund', spec], { cwd });
  const path = join(cwd, 'node_modules', script);
  return path.endsWith('.exe') ? [path] : [process.execPath, path];
}

/**
 * `name@version` of what lies in `node_modules`, by its own `package.json`. Left out are links to the project's folders, and the
 * fake packages that resolve 1.1.7 brings to test itself.
 */
function listUnpacked(cwd: string): string[] {
  const folders = [
    '**/node_modules/*',
    '**/node_modules/@*/*',
    '**/node_modules/{.pnpm,.bun}/**/node_modules/{*,@*/*}',
  ];
  const paths = new Set(
    folders.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd, exclude: ['**/.yarn/**'] })),
  );
  const packages = [...paths]
    .filter((path) => !path.includes('/resolve/test/'))
    .map((path) => JSON.parse(readFileSync(join(cwd, path), 'utf8')));
  const own = ['@fixture/tool', 'fixture-app'];
  return [
    ...new Set(packages.filter(({ name }) => !own.includes(name)).map(({ name, version }) => `${name}@${version}`)),
  ].sort();
}
