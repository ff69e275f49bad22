import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { ProgressEvent } from '../base/progress.ts';
import { createProgress, type Progress } from './progress.ts';

interface Screen {
  readonly progress: Progress;
  readonly written: string[];
  /** Lets time go by. */
  wait(ms: number): void;
}

/** Runs with a clock of its own, at a time when it does not yet matter which. */
function onScreen(
  settings: { isTTY?: boolean; columns?: number; quiet?: boolean },
  run: (screen: Screen) => void,
): void {
  mock.timers.enable({ apis: ['setInterval', 'Date'], now: 1_000_000 });
  const written: string[] = [];
  const { isTTY = true, columns = 80, quiet = false } = settings;
  try {
    const progress = createProgress({ write: (text) => written.push(String(text)) > 0, isTTY, columns }, { quiet });
    run({ progress, written, wait: (ms) => mock.timers.tick(ms) });
    progress.end();
  } finally {
    mock.timers.reset();
  }
}

const reading: ProgressEvent = { task: 'Reading 5 layers', done: 1_234_567_890, total: 3_000_000_000, unit: 'bytes' };

test('a terminal shows a line after a second, and is left clean', () => {
  onScreen({}, ({ progress, written, wait }) => {
    progress.report(reading);
    wait(900);
    assert.deepEqual(written, []);
    wait(200);
    assert.deepEqual(written, ['\rReading 5 layers  1.2 GB of 3.0 GB  41%\u001b[K']);
    progress.end();
    progress.end();
    assert.deepEqual(written.slice(1), ['\r\u001b[K']);
    wait(5000);
    assert.equal(written.length, 2);
  });
});

test('work that is done within a second writes nothing', () => {
  onScreen({}, ({ progress, written }) => {
    progress.report(reading);
    progress.end();
    assert.deepEqual(written, []);
  });
});

test('a busy task draws without the timer, ten times a second at most', () => {
  onScreen({}, ({ progress, written, wait }) => {
    progress.report(reading);
    wait(1000);
    for (let done = 0; done < 1000; done++) progress.report({ task: 'Busy', done, total: 1000, unit: 'items' });
    assert.ok(written.length <= 2);
    wait(100);
    assert.equal(written.at(-1), '\rBusy  999 of 1,000  99%\u001b[K');
  });
});

test('a note takes the line away, and the line comes back', () => {
  onScreen({}, ({ progress, written, wait }) => {
    progress.report(reading);
    wait(1100);
    progress.note('The data is old.');
    wait(200);
    assert.deepEqual(written.slice(1), [
      '\r\u001b[K',
      'The data is old.\n',
      '\rReading 5 layers  1.2 GB of 3.0 GB  41%\u001b[K',
    ]);
  });
});

test('the line never fills the terminal, nor steers it', () => {
  onScreen({ columns: 20 }, ({ progress, written, wait }) => {
    progress.report({ task: 'Looking through /画像\u001b[2J/with/a/long/path', done: 5 });
    wait(1100);
    assert.deepEqual(written, ['\rLooking through /…\u001b[K']);
    progress.note('evil\u001b[2J\r');
    assert.equal(written.at(-1), 'evil\ufffd[2J\ufffd\n');
  });
});

test('a log gets a line now and then', () => {
  onScreen({ isTTY: false }, ({ progress, written, wait }) => {
    for (let second = 0; second < 40; second++) {
      progress.report({ task: 'Looking through /', done: second * 1000, unit: 'items' });
      wait(1000);
    }
    assert.deepEqual(written, [
      'Still at work: Looking through /, 5,000\n',
      'Still at work: Looking through /, 20,000\n',
      'Still at work: Looking through /, 35,000\n',
    ]);
  });
});

test('nothing when quiet', () => {
  onScreen({ quiet: true }, ({ progress, written, wait }) => {
    progress.report(reading);
    wait(10_000);
    progress.note('old');
    assert.deepEqual(written, []);
  });
});

test('amounts', () => {
  const cases: readonly [ProgressEvent, string][] = [
    [{ task: 'a' }, 'a'],
    [{ task: 'a', done: 999, unit: 'bytes' }, 'a  999 B'],
    [{ task: 'a', done: 1000, unit: 'bytes' }, 'a  1.0 kB'],
    [{ task: 'a', done: 0, total: 0, unit: 'bytes' }, 'a  0 B'],
    [{ task: 'a', done: 7, total: 5 }, 'a  7 of 5  100%'],
    [{ task: 'a', done: 5e18, unit: 'bytes' }, 'a  5000000.0 TB'],
  ];
  for (const [event, text] of cases)
    onScreen({}, ({ progress, written, wait }) => {
      progress.report(event);
      wait(1100);
      assert.deepEqual(written, [`\r${text}\u001b[K`]);
    });
});
