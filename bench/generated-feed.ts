// A stand-in for advisory data on machines that have none: invented advisories in the layout of OSV's exports.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const ecosystems = [
  { name: 'Debian', ecosystem: 'Debian:11', prefix: 'lib', fixed: '1:99' },
  { name: 'npm', ecosystem: 'npm', prefix: 'package-', fixed: '99.0.0' },
  { name: 'PyPI', ecosystem: 'PyPI', prefix: 'module-', fixed: '99' },
];
const advisoriesEach = 2000;
const modified = '2026-01-01T00:00:00Z';

/** Writes the feed and answers its directory. */
export function writeGeneratedFeed(directory: string): string {
  for (const { name, ecosystem, prefix, fixed } of ecosystems) {
    const ids = Array.from({ length: advisoriesEach }, (_, index) => `X-${name.toUpperCase()}-${index}`);
    const folder = join(directory, 'osv', name);
    mkdirSync(folder, { recursive: true });
    const files = ids.map((id, index) => advisory(id, ecosystem, `${prefix}${index}`, fixed));
    writeFileSync(join(folder, 'all.zip'), toZip(files));
    writeFileSync(join(folder, 'modified_id.csv'), ids.map((id) => `${modified},${id}\n`).join(''));
  }
  writeFileSync(join(directory, 'osv', 'ecosystems.txt'), ecosystems.map(({ name }) => `${name}\n`).join(''));
  return directory;
}

function advisory(id: string, ecosystem: string, name: string, fixed: string): { name: string; body: Buffer } {
  const ranges = [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }];
  const record = { schema_version: '1.7.0', id, modified, affected: [{ package: { ecosystem, name }, ranges }] };
  return { name: `${id}.json`, body: Buffer.from(JSON.stringify(record)) };
}

/** Members are stored, not deflated. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
function toZip(files: readonly { name: string; body: Buffer }[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, body } of files) {
    const fields = zipFields(name, body);
    const member = Buffer.concat([signed(0x04034b50, fields), Buffer.from(name), body]);
    local.push(member);
    const directoryFields = Buffer.concat([Buffer.from([20, 0]), fields, Buffer.alloc(14)]);
    directoryFields.writeUInt32LE(offset, directoryFields.length - 4);
    central.push(signed(0x02014b50, directoryFields), Buffer.from(name));
    offset += member.length;
  }
  return Buffer.concat([...local, ...central, endRecord(files.length, Buffer.concat(central).length, offset)]);
}

function zipFields(name: string, body: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(crc32(body), 10);
  fields.writeUInt32LE(body.length, 14);
  fields.writeUInt32LE(body.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

function signed(signature: number, fields: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(signature, 0);
  return Buffer.concat([head, fields]);
}

function endRecord(count: number, centralBytes: number, centralOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(centralBytes, 12);
  end.writeUInt32LE(centralOffset, 16);
  return end;
}
