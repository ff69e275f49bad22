import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { elfOf } from '../../../../../test/images/program.ts';
import { accessBytes, type RandomAccess } from '../../../../base/bytes/random-access.ts';
import { FileSelector } from '../../file-selector.ts';
import { anchorOf } from './anchor.ts';
import { SignatureIndex } from './file-names.ts';
import { signature } from './index.ts';
import { readSignature } from './read-signature.ts';
import { scanBounds, textsOf } from './scan.ts';
import { signatures } from './table.ts';

const selector = new FileSelector([signature]);
const read = (path: string, content: Uint8Array | RandomAccess) =>
  rowsOf([...readSignature({ path, content: content instanceof Uint8Array ? accessBytes(content) : content })]);

const samples = readFileSync(new URL('testdata/samples.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [, name, version, path, text] = /^(\S+) (\S+) (\S+) (.*)$/.exec(line)!;
    return { name: name!, version: version!, path: path!, bytes: Buffer.from(plain(text!), 'latin1') };
  });

function plain(text: string): string {
  return text.replaceAll('\\0', '\0').replaceAll('\\n', '\n').replaceAll('\\xff', '\xff');
}

for (const { name, version, path, bytes } of samples)
  test(`${path} is ${name} ${version}`, () => {
    assert.ok(selector.wantsLarge(path) > 0);
    const rows = [`generic ${name} ${version} installed`];
    assert.deepEqual(read(path, bytes), rows);
    const isText = /^[\n\x20-\x7e]*$/.test(bytes.toString('latin1'));
    if (!isText) assert.deepEqual(read(path, elfOf('.rodata', bytes)), rows);
  });

test('every signature has a sample', () => {
  const sampled = new Set(samples.map(({ name }) => name));
  assert.deepEqual(
    signatures.map(({ name }) => name).filter((name) => !sampled.has(name)),
    [],
  );
});

test('names with a star begin with letters of their own, by which they are found', () => {
  const names = signatures.flatMap(({ files }) => files.map((file) => file.slice(file.lastIndexOf('/') + 1)));
  assert.deepEqual(
    names.filter((name) => name.includes('*') && name.indexOf('*') < 3),
    [],
  );
});

for (const path of [
  'usr/bin/pythonic',
  'usr/share/VERSION',
  'lib/libz.so.debug',
  'lib/libz-12.so.1',
  'lib/libstd-12.so',
  'usr/lib/os-release',
  'srv/lib9',
  '',
])
  test(`"${path}" is not looked at`, () => assert.equal(selector.wantsLarge(path), 0));

test('a file of that name without a version is nothing', () => {
  for (const path of ['bin/bash', 'usr/bin/composer', 'usr/local/go/VERSION', 'lib/libc.so.6'])
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('#!/bin/sh\nexec other\n'),
      Buffer.from('\x7fELF'),
      Buffer.alloc(9999),
    ])
      assert.deepEqual(read(path, bytes), []);
  assert.deepEqual(read('bin/bash', Buffer.from('@(#)Bash version 5.2.15(1)', 'utf16le')), []);
  assert.deepEqual(read('bin/bash', Buffer.from('@(#)Bash version 55555555555555.2.15(1)')), []);
});

test('a version is found wherever pieces are cut', () => {
  const text = Buffer.from('@(#)Bash version 5.2.15(1) release');
  for (let before = -text.length; before <= 1; before++) {
    const bytes = Buffer.concat([Buffer.alloc(scanBounds.chunkBytes + before), text]);
    assert.deepEqual(read('bin/bash', bytes), ['generic bash 5.2.15 installed']);
  }
});

test('code of a program is not looked at, and of data only so much', () => {
  assert.deepEqual(read('bin/bash', elfOf('.text', Buffer.alloc(99))), []);
  const zeros = Buffer.alloc(scanBounds.chunkBytes + scanBounds.overlapBytes);
  const endless = { size: scanBounds.maxBytes + 1, read: (_: number, length: number) => zeros.subarray(0, length) };
  assert.deepEqual(read('usr/bin/chrome', endless), ['too-large']);
});

test('time is linear, whatever is repeated', () => {
  const index = new SignatureIndex(signatures);
  assert.equal(index.of('bin/bash').length, 1);
  const size = 1 << 20;
  const pieces = [
    '1.',
    '\x001.2',
    '9',
    '\0',
    'GNU C Library (',
    '\nName=Firefox\n',
    '\nclass Composer extends PartialComposer',
    ' \n',
    'lib',
    '/',
    'a-',
    'nginx version: ',
  ];
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
    for (const { name, version } of signatures) {
      const start = performance.now();
      for (const expression of version())
        for (const part of textsOf(Buffer.from(text), anchorOf(expression))) expression.exec(part);
      const took = performance.now() - start;
      assert.ok(took < 2000, `${name} takes ${took} ms for ${JSON.stringify(piece)}`);
    }
  }
});

test('an anchor is what every match holds', () => {
  const anchors: [RegExp, string | undefined][] = [
    [/nginx version: nginx\/(\d{1,2})/, 'nginx version: nginx/'],
    [/(?:lib)?curl\/(\d)[\0-]/, 'curl/'],
    [/ab+cdef?ghijk{1,2}/, 'ghij'],
    [/abcd|efghi/, undefined],
    [/(?:abcd|efghi) jk/, undefined],
    [/\0\d\.[abcdefgh]/, undefined],
    [/^abcdef/, undefined],
    [/abcdef/i, undefined],
    [/[^a]bcde\$fg/, 'bcde$fg'],
  ];
  for (const [expression, anchor] of anchors) assert.equal(anchorOf(expression), anchor, String(expression));
  for (const { bytes, name } of samples)
    for (const { version } of signatures.filter((signature) => signature.name === name))
      for (const expression of version()) {
        const [match] = expression.exec(bytes.toString('latin1')) ?? [];
        const anchor = anchorOf(expression);
        if (match !== undefined && anchor !== undefined) assert.ok(match.includes(anchor), `${expression}: ${match}`);
      }
});

const owned = [
  ['bin/bash', 'bash'],
  ['bin/tar', 'tar'],
  ['bin/gzip', 'gzip'],
  ['bin/ls', 'coreutils'],
  ['usr/bin/perl', 'perl-base'],
  ['usr/bin/find', 'findutils'],
  ['lib/x86_64-linux-gnu/libc.so.6', 'libc6'],
] as const;
for (const [path, name] of owned) {
  const told = spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' }).stdout ?? '';
  const version = /^Version: (\S+)$/m.exec(told)?.[1];
  const skip = version !== undefined && existsSync(`/${path}`) ? false : 'dpkg does not own it here';
  if (skip) process.stderr.write(`SKIPPED: ${path}: ${skip}\n`);
  test(`${path} of this machine says what dpkg says`, { skip }, () => {
    const upstream = version!.replace(/^\d+:/, '').replace(/(?:\+dfsg.*)?-[^-]*$/, '');
    const [row] = read(path, readFileSync(realpathSync(`/${path}`)));
    assert.equal(row?.split(' ')[2], upstream);
  });
}
