// Builds dist/: the JavaScript that bin/plimsoll.js runs. Old output goes first, so that a renamed file leaves nothing behind.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
const compiled = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = compiled.status ?? 1;
