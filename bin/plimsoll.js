#!/usr/bin/env node
// Plain JavaScript of 2015 up to the check, so that an old Node says what is needed instead of dying on syntax.

var needed = [24, 5];
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < needed[0] || (parts[0] === needed[0] && parts[1] < needed[1])) {
  process.stderr.write(
    'plimsoll needs Node.js ' +
      needed.join('.') +
      ' or newer; this is ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\n' +
      'Install a newer one, or run plimsoll through npx: in a checkout, `npx plimsoll` uses the Node.js that `npm ci` brought.\n',
  );
  process.exit(2);
}

// As src/base/places.ts has it; loading that would take longer than it saves.
function cacheDirectory(os, path) {
  var env = process.env;
  if (env.PLIMSOLL_HOME) return path.resolve(env.PLIMSOLL_HOME, 'cache');
  var home = env.HOME && path.isAbsolute(env.HOME) ? env.HOME : os.homedir();
  if (process.platform === 'win32')
    return path.join(env.LOCALAPPDATA || path.join(env.USERPROFILE || home, 'AppData', 'Local'), 'plimsoll', 'Cache');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'plimsoll');
  var caches = env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : path.join(home, '.cache');
  return path.join(caches, 'plimsoll');
}

// Compiled code is run as it is found: only a directory that nobody else can write to may hold it.
function isOurs(fs, directory) {
  var stat = fs.lstatSync(directory, { throwIfNoEntry: false });
  var isOwn = !process.getuid || (stat && stat.uid === process.getuid() && (stat.mode & 18) === 0);
  return Boolean(stat && stat.isDirectory() && isOwn);
}

// Where this command's compiled code is kept, once there is a cache directory; undefined where it is not to be kept. A set for each
// command, since Node keeps what the first run compiled and adds nothing later.
function codeDirectory(fs, os, path) {
  try {
    var command = ['scan', 'sbom', 'db'].indexOf(process.argv[2]) < 0 ? 'other' : process.argv[2];
    var cache = cacheDirectory(os, path);
    var code = path.join(cache, 'code');
    if (!isOurs(fs, cache)) return undefined;
    if (!fs.existsSync(code)) fs.mkdirSync(code, 448);
    return isOurs(fs, code) ? path.join(code, command) : undefined;
  } catch (error) {
    return undefined;
  }
}

Promise.all([import('node:module'), import('node:v8'), import('node:fs'), import('node:os'), import('node:path')])
  .then((modules) => {
    // Node's own place for it is a known path in the shared temporary directory, where anybody may put code.
    var code = codeDirectory(modules[2], modules[3], modules[4]);
    if (code) modules[0].default.enableCompileCache(code);
    // A scan is short and runs most functions a few times only: V8's baseline compiler makes it a tenth faster.
    modules[1].setFlagsFromString('--sparkplug');
    // What V8 lets grow before it collects would double the peak of a large scan.
    modules[1].setFlagsFromString('--heap-growing-percent=40');
    modules[1].setFlagsFromString('--semi-space-growth-factor=1');
    // Buffers outside the heap would have V8 mark all of it, step by step, some twenty times a scan.
    modules[1].setFlagsFromString('--no-incremental-marking');
    // A tenth of a scan's processor time went into optimising code that hardly ran before the end.
    modules[1].setFlagsFromString('--invocation-count-for-maglev=1000');
    modules[1].setFlagsFromString('--invocation-count-for-turbofan=20000');
    return import('../dist/main.js');
  })
  .then((main) => main.main(process.argv.slice(2)))
  .catch((error) => {
    var notBuilt = error && error.code === 'ERR_MODULE_NOT_FOUND';
    process.stderr.write(
      'plimsoll cannot go on: ' +
        (error && error.message) +
        '\n' +
        (notBuilt ? 'Is it built? `npm ci` builds it, `npm run build` builds it anew.\n' : ''),
    );
    // Not 1, which would say "below the line".
    process.exitCode = 2;
  });
