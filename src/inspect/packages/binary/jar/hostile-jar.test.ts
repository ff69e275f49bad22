import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { readJar } from './read-jar.ts';

interface Member {
  readonly name: string;
  readonly content: Buffer;
  readonly isDeflated?: boolean;
  readonly flags?: number;
  /** What the directory says, where that is not the truth. */
  readonly size?: number;
  readonly headerOffset?: number;
}

/** An archive that may lie. */
function zipOf(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, isDeflated, flags = 0, size = content.length, headerOffset = at } of members) {
    const data = isDeflated ? deflateRawSync(content) : content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(isDeflated ? 8 : 0, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(headerOffset, 10);
    directory.push(Buffer.from('PK\x01\x02\0\0'), fields, place, Buffer.from(name));
    at += 30 + name.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(members.length % 0x10000, 8);
  end.writeUInt16LE(members.length % 0x10000, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
}

const pomOf = (artifact: string, version = '1'): Member => ({
  name: `META-INF/maven/org.example/${artifact}/pom.properties`,
  content: Buffer.from(`groupId=org.example\nartifactId=${artifact}\nversion=${version}\n`),
});

/** `name@version` of each package, and the code of each problem. */
function read(bytes: Uint8Array): string[] {
  return [...readJar({ path: 'a.jar', content: accessBytes(bytes) }, defaultLimits)].map((item) => {
    if (item.kind === 'package') return `${item.name}@${item.version}`;
    assert.ok(item.kind === 'problem' && item.where.path === 'a.jar' && item.message.length < 3000);
    return item.code;
  });
}

const keel = zipOf([pomOf('keel')]);
const zeros = Buffer.alloc(65 << 20);

function nest(depth: number, isDeflated: boolean): Buffer {
  let archive = keel;
  for (let level = depth; level > 0; level--)
    archive = zipOf([pomOf(`level-${level}`), { name: `lib/${level}.jar`, content: archive, isDeflated }]);
  return archive;
}

for (const isDeflated of [false, true])
  test(`archives lie ${isDeflated ? 'deflated ' : ''}in 100 others`, () => {
    const found = read(nest(100, isDeflated));
    assert.equal(found[0], 'too-deep');
    assert.deepEqual(
      found.slice(1),
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => `org.example:level-${level}@1`),
    );
  });

const cases: readonly (readonly [title: string, bytes: Buffer, found: readonly string[]])[] = [
  ['empty', zipOf([]), ['unidentified']],
  [
    'one of two is good',
    zipOf([{ name: 'b.jar', content: Buffer.from('PK') }, pomOf('keel')]),
    ['truncated', 'unidentified', 'keel'],
  ],
  ['encrypted', zipOf([{ ...pomOf('hull'), flags: 1 }, pomOf('keel')]), ['unsupported', 'keel']],
  ['an encrypted archive in it', zipOf([{ name: 'b.jar', content: keel, flags: 1 }]), ['unsupported', 'unidentified']],
  ['a size too small', zipOf([{ ...pomOf('hull'), size: 5 }, pomOf('keel')]), ['malformed', 'keel']],
  [
    'a stored archive of another size',
    zipOf([{ name: 'b.jar', content: keel, size: 5 }]),
    ['malformed', 'unidentified'],
  ],
  [
    'a size of nearly everything',
    zipOf([{ ...pomOf('hull'), size: 0xfffffffe }, pomOf('keel')]),
    ['too-large', 'keel'],
  ],
  ['members that share bytes', zipOf([pomOf('keel'), { ...pomOf('hull'), headerOffset: 0 }]), ['malformed', 'keel']],
  ['a bomb in an archive', zipOf([{ name: 'b.jar', content: zeros, isDeflated: true }]), ['too-large', 'unidentified']],
  [
    'a bomb that says less',
    zipOf([{ name: 'b.jar', content: zeros, isDeflated: true, size: 99 }]),
    ['malformed', 'unidentified'],
  ],
  [
    'a bomb of properties',
    zipOf([{ ...pomOf('keel'), content: zeros, isDeflated: true }]),
    ['too-large', 'unidentified'],
  ],
  [
    'a pom.xml without end',
    zipOf([{ name: 'META-INF/maven/a/b/pom.xml', content: Buffer.from('<project>') }]),
    ['truncated', 'unidentified'],
  ],
  [
    'a pom.xml that inherits',
    zipOf([
      {
        name: 'META-INF/maven/a/b/pom.xml',
        content: Buffer.from(
          '<project><parent><groupId>org.example</groupId><version>2</version></parent><artifactId>hull</artifactId></project>',
        ),
      },
    ]),
    ['org.example:hull@2'],
  ],
  ['a version that is none', zipOf([pomOf('keel', 'one two')]), ['unidentified', 'unidentified']],
  [
    'a group with a colon',
    zipOf([{ ...pomOf('keel'), content: Buffer.from('groupId=a:b\nartifactId=c\nversion=1') }]),
    ['unidentified'],
  ],
];

for (const [title, bytes, found] of cases)
  test(`hostile archive: ${title}`, () => {
    assert.deepEqual(
      read(bytes),
      found.map((item) => (item === 'keel' ? 'org.example:keel@1' : item)),
    );
  });

test('an archive in which an archive is cut off says less', () => {
  for (let length = 22; length < keel.length; length += 5)
    assert.deepEqual(
      read(zipOf([{ name: 'b.jar', content: keel.subarray(0, length) }, pomOf('hull')])).at(-1),
      'org.example:hull@1',
    );
});

test('100,000 members, and as many archives as nobody reads', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => ({ name: `c/${index}`, content: Buffer.alloc(0) }));
  assert.deepEqual(read(zipOf([...many, pomOf('keel')])), ['org.example:keel@1']);
  const archives = Array.from({ length: 20_000 }, (_, index) => ({ name: `${index}.jar`, content: keel }));
  assert.deepEqual(read(zipOf([pomOf('hull'), ...archives])), ['too-many', 'org.example:hull@1', 'org.example:keel@1']);
});

test('many small archives cannot have much unpacked', () => {
  const inner = Array.from({ length: 50 }, (_, index) => ({
    name: `${index}.jar`,
    content: zeros.subarray(0, 4 << 20),
    isDeflated: true,
  }));
  const found = read(zipOf([...inner, pomOf('keel')]));
  assert.ok(found.includes('too-large') && found.at(-1) === 'org.example:keel@1');
});
