import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { rpmFile } from './index.ts';

const folder = new URL('./testdata/', import.meta.url);
const testdata = (name: string) => readFileSync(new URL(name, folder));
const readRpm = await rpmFile.loadLarge!();
const find = (bytes: Buffer) => [...readRpm({ path: 'opt/a.rpm', content: accessBytes(bytes) }, defaultLimits)];
const hull = testdata('hull-1.4.0-3.el9.x86_64.rpm');

test('what rpm says of them', () => {
  const rows = globSync('*.rpm', { cwd: folder }).map((name) => {
    const [item] = find(testdata(name));
    assert.ok(item?.kind === 'package' && item.type === 'rpm' && item.state === 'declared');
    // What rpm says of a source package is the architecture that it was made on.
    const isSource = name.endsWith('.src.rpm');
    assert.equal(item.architecture === 'src', isSource);
    assert.deepEqual(item.source, { name: 'hull', version: '2:1.4.0-3.el9' });
    const [architecture, source] = isSource ? ['x86_64', '(none)'] : [item.architecture, 'hull-1.4.0-3.el9.src.rpm'];
    return [item.name, item.version, architecture, source, item.licenses?.join(), item.maintainer].join('\t');
  });
  assert.deepEqual(rows.sort(), testdata('rpm-qp.tsv').toString().trim().split('\n').sort());
});

function changed(change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(hull);
  change(bytes);
  return bytes;
}

const header = hull.indexOf(Buffer.from('8eade801', 'hex'), 100);
const damaged: readonly (readonly [title: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['empty', Buffer.alloc(0), ['truncated']],
  ['something else', Buffer.from('<html>not found</html>'), ['malformed']],
  ['cut off in the lead', hull.subarray(0, 50), ['truncated']],
  ['cut off in the header', hull.subarray(0, header + 99), ['truncated']],
  ['without its files', hull.subarray(0, -99), ['rpm hull 2:1.4.0-3.el9 declared']],
  ['a signature without end', changed((bytes) => bytes.writeUInt32BE(0xffff_ffff, 104)), ['truncated']],
  ['a header without end', changed((bytes) => bytes.writeUInt32BE(0xffff_ffff, header + 12)), ['too-large']],
  ['a count that lies', changed((bytes) => bytes.writeUInt32BE(9, header + 8)), ['incomplete']],
  ['a name with a space', changed((bytes) => bytes.write('h ll', bytes.indexOf('hull\0', header))), ['incomplete']],
  ['a name not in UTF-8', changed((bytes) => bytes.writeUInt8(0xff, bytes.indexOf('hull\0', header))), ['incomplete']],
];
for (const [title, bytes, rows] of damaged)
  test(`damaged: ${title}`, () => assert.deepEqual(rowsOf(find(bytes)), rows));

test('whatever bytes change, it is read or told', () => {
  for (let at = 0; at < hull.length; at++) {
    assert.equal(find(changed((bytes) => bytes.writeUInt8(bytes[at]! ^ 0xff, at))).length, 1);
    assert.equal(find(hull.subarray(0, at)).length, 1);
  }
});
