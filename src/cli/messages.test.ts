import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messages } from './messages.ts';

test('a command that cannot be loaded is told in one line, with what to do', () => {
  const tell = (error: Error) => messages.exceptionWhileLoadingCommandFunction.call(messages, error, false);
  const full = Object.assign(new Error("EMFILE: too many open files, open 'a'"), { code: 'EMFILE' });
  assert.match(tell(full), /^plimsoll: This command cannot be loaded: EMFILE: .*ulimit -n 256\.$/);
  assert.match(tell(new Error('no such module')), /^plimsoll: .*no such module\. Install plimsoll again\.$/);
});
