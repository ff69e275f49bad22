import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLimits } from '../../limits.ts';
import { readTarMembers } from './members.ts';
import { endOfArchive, tarHeader, tarPadding } from './writer.ts';

const long = `${'d/'.repeat(80)}file`;

function archive(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([path, content]) => [
    tarHeader({ path, size: content.length }),
    Buffer.from(content),
    tarPadding(content.length),
  ]);
  return Buffer.concat([...parts, endOfArchive]);
}

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const toDamage = (detail: string, offset: number, block: Buffer) =>
  new Error(`${detail} at ${offset}: ${block.toString('latin1', 0, 8)}`);

/** Reads the bodies of those members that are named; of others only their sizes are seen. */
async function read(bytes: Buffer, chunkBytes: number, wanted: readonly string[], peek = 0): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const { entry, body } of readTarMembers(chunks(bytes, chunkBytes), defaultLimits, toDamage)) {
    const head = peek > 0 ? (await body.peek(peek)).toString() : '';
    let text = '';
    if (wanted.includes(entry.path)) for await (const chunk of body) text += Buffer.from(chunk);
    seen.push([entry.path, entry.size, text, head]);
  }
  return seen;
}

const bytes = archive({ a: 'A'.repeat(1000), empty: '', [long]: 'long name', last: 'z' });
for (const chunkBytes of [1, 100, 512, 700, 1 << 20])
  test(`members come in order, read or passed over, in chunks of ${chunkBytes}`, async () => {
    assert.deepEqual(await read(bytes, chunkBytes, [long, 'last', 'empty']), [
      ['a', 1000, '', ''],
      ['empty', 0, '', ''],
      [long, 9, 'long name', ''],
      ['last', 1, 'z', ''],
    ]);
    assert.deepEqual(await read(bytes, chunkBytes, ['a'], 3), [
      ['a', 1000, 'A'.repeat(1000), 'AAA'],
      ['empty', 0, '', ''],
      [long, 9, '', 'lon'],
      ['last', 1, '', 'z'],
    ]);
  });

test('what follows the end mark is not read, and the source is closed', async () => {
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      yield archive({ a: 'a' });
      for (;;) yield Buffer.alloc(512);
    } finally {
      closed = true;
    }
  }
  for await (const { entry } of readTarMembers(endless(), defaultLimits, toDamage)) assert.equal(entry.path, 'a');
  assert.ok(closed);
});

for (const [title, damaged, message] of [
  ['nothing', Buffer.alloc(0), undefined],
  ['no tar', Buffer.from('{"errorDetail":{}}'.padEnd(600, ' ')), /checksum.* at 0: \{"errorD/],
  ['a text shorter than a block', Buffer.from('{"error'), /ends inside an entry/],
  ['cut off in a body', bytes.subarray(0, 900), /ends inside a member at 0/],
  ['cut off in a header', bytes.subarray(0, 1800), /ends inside an entry/],
] as const)
  test(`${title} is told`, async () => {
    const reading = read(Buffer.from(damaged), 100, ['a']);
    if (message === undefined) assert.deepEqual(await reading, []);
    else await assert.rejects(reading, message);
  });

test('a source that fails inside a body fails the archive the same way', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 700);
    throw new Error('the connection broke');
  }
  const members = readTarMembers(failing(), defaultLimits, toDamage);
  const first = await members.next();
  await assert.rejects(async () => {
    for await (const _ of first.value!.body);
  }, /the connection broke/);
  await assert.rejects(members.next(), /the connection broke/);
});

test('a reader that gave up while it waits for a chunk takes no bytes of the next member', async () => {
  const members = readTarMembers(chunks(bytes, 700), defaultLimits, toDamage);
  const first = await members.next();
  const reader = first.value!.body[Symbol.asyncIterator]();
  await reader.next();
  const abandoned = reader.next();
  assert.equal((await members.next()).value?.entry.path, 'empty');
  await abandoned;
  assert.ok((await reader.next()).done);
  assert.equal((await members.next()).value?.entry.path, long);
});
