import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LargeBodies } from './large-bodies.ts';
import { GatheringSpace } from './large-files.ts';
import type { FileTaker } from './layer-reading.ts';

const taker: FileTaker = {
  wants: () => 0,
  take: () => {},
  wantsLarge: () => 100,
  wantsPeek: () => false,
  wantsHead: () => 0,
  takeLarge: () => {},
  forget: () => {},
};

/** The bytes that are handed over of a body of which `size` are wanted, and after how many parts no more are. */
function gather(size: number, parts: readonly string[]): [bytes: string[], parts: number] {
  const report = (_code: string, message: string) => assert.fail(message);
  const bodies = new LargeBodies({ taker, range: undefined, space: new GatheringSpace(), maxBytes: 100, report });
  bodies.begin('a', 0, size, 100);
  const end = parts.findIndex((part) => !bodies.part(Buffer.from(part), 0));
  return [bodies.takeWhole().map(({ content }) => content().read(0, 100).toString()), end];
}

test('of a body whose beginning is enough, the rest is not kept', () => {
  assert.deepEqual(gather(20, ['0123456789', 'abcdefghijklm', 'n']), [['0123456789abcdefghij'], 2]);
  assert.deepEqual(gather(20, ['0123456789', 'abcdefgh', 'ij', 'k']), [['0123456789abcdefghij'], 3]);
  assert.deepEqual(gather(20, ['0123456789abcdefghijklm', 'n']), [['0123456789abcdefghij'], 1]);
  assert.deepEqual(gather(20, ['0123456789abcdefghij']), [['0123456789abcdefghij'], -1]);
});
