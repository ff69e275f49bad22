// The contract of every order: it agrees with the real tool on each pair of a corpus, and bad text never makes it throw.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { apk } from './apk.ts';
import { bitnami } from './bitnami.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { conan } from './conan.ts';
import { conda } from './conda.ts';
import { cran } from './cran.ts';
import { deb } from './deb.ts';
import { gem } from './gem.ts';
import { go } from './go.ts';
import { hackage } from './hackage.ts';
import { hex } from './hex.ts';
import { jdk } from './jdk.ts';
import { julia } from './julia.ts';
import { maven } from './maven.ts';
import { nuget } from './nuget.ts';
import { openssl } from './openssl.ts';
import { opkg } from './opkg.ts';
import { maxVersionLength, type Order } from './order.ts';
import { pacman } from './pacman.ts';
import { pep440 } from './pep440.ts';
import { portage } from './portage.ts';
import { pub } from './pub.ts';
import { rpm } from './rpm.ts';
import { semver } from './semver.ts';

/** Each with how much its file holds, so that none is cut short unseen. */
const corpora: readonly [order: Order, places: number, refused: number, contradictions: number][] = [
  [deb, 1992, 0, 0],
  [apk, 1276, 33, 0],
  [pep440, 1110, 87, 0],
  [rpm, 1934, 0, 0],
  [maven, 1258, 0, 72],
  [gem, 1147, 209, 0],
  [go, 1291, 159, 0],
  [composer, 1129, 151, 0],
  [nuget, 1115, 142, 0],
  [cargo, 1273, 128, 0],
  [hex, 1176, 127, 0],
  [hackage, 1002, 135, 0],
  [cran, 746, 129, 0],
  [conan, 1258, 0, 1092],
  [conda, 1006, 138, 0],
  [pacman, 1447, 0, 144],
  [bitnami, 1278, 128, 0],
  [openssl, 163, 0, 0],
  [jdk, 535, 134, 0],
  [portage, 1270, 125, 0],
];

const withoutCorpus: readonly Order[] = [semver, pub, julia, opkg];

for (const [order, places, refused, contradictions] of corpora) {
  describe(`${order.id} corpus`, () => {
    const corpus = readCorpus(order.id);

    test('is whole', () => {
      const found = [corpus.places.length, corpus.refused.length, corpus.contradictions.length];
      assert.deepEqual(found, [places, refused, contradictions]);
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

    test('what the tool puts into a ring compares as it says, both ways round', () => {
      for (const { sign, a, b } of corpus.contradictions) {
        const expected = sign === '<' ? -1 : 0;
        assert.equal(order.compare(parse(order, a), parse(order, b)), expected, `${a} ${sign} ${b}`);
        assert.equal(order.compare(parse(order, b), parse(order, a)) + expected, 0, `${a} ${sign} ${b}, turned`);
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

for (const order of [...corpora.map(([order]) => order), ...withoutCorpus]) {
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

interface Corpus {
  readonly places: readonly (readonly string[])[];
  readonly refused: readonly string[];
  readonly contradictions: readonly { readonly sign: string; readonly a: string; readonly b: string }[];
}

/** `testdata/README.md` says how a corpus is written. */
function readCorpus(id: string): Corpus {
  const text = readFileSync(new URL(`testdata/${id}.txt`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const rows = lines.map((line) => line.split('\t').map(unescapePython));
  return {
    places: rows.filter(([sign, ...others]) => others.length === 0 || !isSign(sign)),
    refused: rows.filter(([sign, ...others]) => sign === '!' && others.length === 1).map(([, version]) => version!),
    contradictions: rows
      .filter(([sign, ...others]) => sign !== '!' && isSign(sign) && others.length === 2)
      .map(([sign, a, b]) => ({ sign: sign!, a: a!, b: b! })),
  };
}

function isSign(text: string | undefined): boolean {
  return text === '!' || text === '<' || text === '=';
}

function unescapePython(text: string): string {
  const pattern = /\\(?:x([\da-f]{2})|u([\da-f]{4})|([tnr]))/g;
  const names: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
  return text.replaceAll(
    pattern,
    (_, two, four, name) => names[name] ?? String.fromCharCode(parseInt(two ?? four, 16)),
  );
}

function parse(order: Order, text: string): unknown {
  return order.parse(text) ?? assert.fail(`${order.id} refuses ${JSON.stringify(text)}`);
}

function describePair(places: Corpus['places'], a: number, b: number): string {
  return `${places[a]![0]} against ${places[b]![0]} must give ${Math.sign(a - b)}`;
}
