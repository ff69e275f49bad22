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

Promise.all([import('node:module'), import('node:v8')])
  .then((modules) => {
    modules[0].default.enableCompileCache();
    // A scan is short and runs most functions a few times only: V8's baseline compiler makes it a tenth faster.
    modules[1].setFlagsFromString('--sparkplug');
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
