import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSpecialFile } from './special-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-special-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const skip = process.platform === 'win32';

function makePipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

test('a pipe is waited for, and takes more than it has room for', { skip }, async () => {
  const path = makePipe('read');
  const opening = openSpecialFile(path);
  const reader = spawn('sh', ['-c', 'wc -c < "$1"', 'sh', path]);
  const pipe = await opening;
  await pipe.write(Buffer.alloc(1_000_000));
  pipe.close();
  let text = '';
  for await (const chunk of reader.stdout) text += chunk;
  assert.equal(text.trim(), '1000000');
});

test('waiting for a reader, and for one that does not read on, can be cancelled', { skip }, async () => {
  const signal = () => AbortSignal.timeout(50);
  const path = makePipe('unread');
  await assert.rejects(openSpecialFile(path, signal()), { name: 'TimeoutError' });
  const reader = spawn('sh', ['-c', 'exec sleep 60 < "$1"', 'sh', path]);
  const pipe = await openSpecialFile(path, AbortSignal.any([]));
  pipe.close();
  const full = await openSpecialFile(path, AbortSignal.timeout(200));
  await assert.rejects(full.write(Buffer.alloc(1_000_000)), { name: 'TimeoutError' });
  full.close();
  reader.kill();
});
