import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { prolog } from './index.ts';

const path = 'root/.local/share/swi-prolog/pack/lamp/pack.pl';
const read = async (content: string | Buffer) => rowsOf(await readFileBy(prolog, path, content));
const whole = readFileSync(new URL('testdata/pack.pl', import.meta.url));

test('a pack', async () => assert.deepEqual(await read(whole), ['swiplpack lamp 1.2.0 installed']));

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['empty', '', []],
  ['a program', ':- module(pack, []).\nname(X) :- foo(X).\n', []],
  ['cut off', whole.toString().slice(0, 25), ['unpinned']],
  ['texts', 'name( "a b" ).\nversion("1").', ['incomplete']],
  ['no name', "name(Name).\nversion('1').", ['incomplete']],
  ['binary', '\0\xff', []],
  ['long', `name(${' '.repeat(900_000)}`, []],
];
for (const [title, content, rows] of cases)
  test(`pack: ${title}`, async () => assert.deepEqual(await read(content), rows));
