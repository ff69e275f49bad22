import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TarEntry } from './entry.ts';
import { TarWalker } from './walker.ts';
import { endOfArchive, tarHeader, tarPadding } from './writer.ts';

function readBack(archive: Buffer): { entry: TarEntry; body: Buffer | undefined }[] {
  const read: { entry: TarEntry; body: Buffer | undefined }[] = [];
  const walker = new TarWalker(
    {
      entry: (entry) => read.push({ entry, body: undefined }) > 0 && entry.type === 'file',
      body: (_entry, bytes) => {
        read.at(-1)!.body = Buffer.from(bytes);
      },
      problem: (code, message) => assert.fail(`${code}: ${message}`),
    },
    { maxTarHeaderBytes: 1 << 20 },
  );
  walker.write(archive);
  walker.end();
  return read;
}

test('what is written is read back', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
    .filter((name) => !name.includes('\0') && !name.endsWith('/') && name.isWellFormed());
  const member = fc.record({
    path: text,
    mode: fc.nat(0o7777),
    uid: fc.nat(2 ** 31),
    gid: fc.nat(2 ** 31),
    mtime: fc.nat(2 ** 31),
    content: fc.uint8Array({ maxLength: 2000 }),
    attribute: fc.uint8Array({ maxLength: 40 }),
  });
  fc.assert(
    fc.property(fc.array(member, { maxLength: 5 }), (members) => {
      const parts = members.flatMap(({ content, attribute, ...rest }) => {
        const pax =
          attribute.length === 0 ? new Map() : new Map([['SCHILY.xattr.security.capability', Buffer.from(attribute)]]);
        return [tarHeader({ ...rest, size: content.length, pax }), Buffer.from(content), tarPadding(content.length)];
      });
      const read = readBack(Buffer.concat([...parts, endOfArchive]));
      assert.equal(read.length, members.length);
      for (const [index, { content, attribute, ...rest }] of members.entries()) {
        const { entry, body } = read[index]!;
        assert.deepEqual(
          { path: entry.path, mode: entry.mode, uid: entry.uid, gid: entry.gid, mtime: entry.mtime },
          rest,
        );
        assert.deepEqual(body, Buffer.from(content));
        assert.deepEqual(entry.xattrs?.get('security.capability') ?? Buffer.alloc(0), Buffer.from(attribute));
      }
    }),
  );
});
