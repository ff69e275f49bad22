// The contract of every order: it agrees with the real tool on each pair of a corpus, and bad text never makes it throw.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { apk } from './apk.ts';
import { deb } from './deb.ts';
import { maxVersionLength, type Order } from './order.ts';
import { pep440 } from './pep440.ts';
import { semver } from './semver.ts';

const corpora: readonly [order: Order<string>, places: number, refused: number][] = [
  [deb, 1992, 0],
  [apk, 1276, 33],
  [pep440, 1110, 87],
];

for (const [order, places, refused] of corpora) {
  describe(`${order.id} corpus`, () => {
    const corpus = readCorpus(order.id);

    test('is whole', () => {
      assert.deepEqual([corpus.places.length, corpus.refused.length], [places, refused]);
    });

    test('every pair compares as the tool says, both ways round', () => {
      const keys = corpus.places.flatMap((texts, place) => texts.map((text) => [parse(order, text), place] as const));
      for (const [a, placeA] of keys) {
        for (const [b, placeB] of keys) {
          if (order.compare(a, b) !== Math.sign(placeA - placeB))
            assert.fail(describePair(corpus.places, placeA, placeB));
        }
      }
    });

    test('what the tool refuses is refused', () => {
      assert.deepEqual(
        corpus.refused.filter((text) => order.parse(text) !== undefined),
        [],
      );
    });
  });
}

for (const order of [deb, apk, pep440, semver]) {
  describe(`${order.id} and bad input`, () => {
    test('nothing, and too much', () => {
      for (const text of ['', ' ', '\0', '1'.repeat(maxVersionLength + 1), `1.0.0${' '.repeat(maxVersionLength)}`]) {
        assert.equal(order.parse(text), undefined, JSON.stringify(text.slice(0, 20)));
      }
    });

    test('the longest text takes no longer than its length', () => {
      const start = performance.now();
      for (const unit of ['1.', '1-', 'a.', '-a', '_p', '0', '~', '+a', '1a', '.-']) {
        for (const head of ['', '1', '1.0.0', '1.0.0-', '1.0+']) {
          order.parse((head + unit.repeat(maxVersionLength)).slice(0, maxVersionLength));
        }
      }
      assert.ok(performance.now() - start < 250);
    });

    test('any text is ordered or refused', () => {
      const alphabet = fc.constantFrom(...'0123456789.-+_~:!vapr \té\ud800'.split(''));
      const texts = fc.oneof(
        fc.string({ maxLength: 300, unit: 'binary' }),
        fc.string({ unit: alphabet, maxLength: 12 }),
      );
      fc.assert(
        fc.property(texts, texts, (a, b) => {
          const left = order.parse(a);
          const right = order.parse(b);
          if (left === undefined || right === undefined) return;
          assert.equal(order.compare(left, right) + order.compare(right, left), 0);
          assert.equal(order.compare(left, left), 0);
        }),
        { numRuns: 2000 },
      );
    });
  });
}

/** `testdata/README.md` says how a corpus is written. */
function readCorpus(id: string): { places: string[][]; refused: string[] } {
  const text = readFileSync(new URL(`testdata/${id}.txt`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const decode = (line: string) => (id === 'pep440' ? unescapePython(line) : line);
  return {
    places: lines.filter((line) => !line.startsWith('!\t')).map((line) => line.split('\t').map(decode)),
    refused: lines.filter((line) => line.startsWith('!\t')).map((line) => decode(line.slice(2))),
  };
}

function unescapePython(text: string): string {
  const pattern = /\\(?:x([\da-f]{2})|u([\da-f]{4})|([tnr]))/g;
  const names: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
  return text.replaceAll(
    pattern,
    (_, two, four, name) => names[name] ?? String.fromCharCode(parseInt(two ?? four, 16)),
  );
}

function parse(order: Order<string>, text: string): string {
  return order.parse(text) ?? assert.fail(`${order.id} refuses ${JSON.stringify(text)}`);
}

function describePair(places: readonly string[][], a: number, b: number): string {
  return `${places[a]![0]} against ${places[b]![0]} must give ${Math.sign(a - b)}`;
}
