import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPages, pageSet } from './pages.ts';
import { accessBytes, type RandomAccess } from './random-access.ts';

const bytes = Buffer.from(Array.from({ length: 4000 }, (_, at) => Math.floor(at / 10)));

test('pages in sequence and out of it', () => {
  const pages = openPages(accessBytes(bytes), 10);
  assert.equal(pages.count, 400);
  const places = [0, 1, 2, 3, 399, 4, 4, 5, 6, 7, 8, 2, 398, 399, 0];
  for (const place of places)
    assert.deepEqual(pages.read(place), bytes.subarray(place * 10, place * 10 + 10), `${place}`);
  for (const place of [-1, 400, 0.5, Number.NaN]) assert.equal(pages.read(place), undefined);
});

test('two that read one file in turns', () => {
  const file = reusing(accessBytes(bytes));
  const [a, b] = [openPages(file, 10), openPages(file, 10)];
  const page = a.read(3)!;
  b.read(200);
  assert.equal(page[0], 3);
});

test('pages in sequence are read ahead', () => {
  let readings = 0;
  const counted: RandomAccess = {
    size: 1 << 20,
    read: (_offset, length) => {
      readings++;
      return Buffer.alloc(length);
    },
  };
  const pages = openPages(counted, 1024);
  for (let place = 0; place < 1024; place++) pages.read(place);
  assert.ok(readings < 20, `${readings}`);
});

/** Gives the same memory each time, as a file on disk may. */
function reusing(file: RandomAccess): RandomAccess {
  const memory = Buffer.alloc(1 << 20);
  return {
    size: file.size,
    read: (offset, length) => memory.subarray(0, file.read(offset, length).copy(memory)),
  };
}

test('a page is new once', () => {
  const { add, has } = pageSet(20);
  assert.deepEqual([0, 7, 8, 19, 7, 0].map(add), [true, true, true, true, false, false]);
  assert.deepEqual([0, 1, 19].map(has), [true, false, true]);
});
