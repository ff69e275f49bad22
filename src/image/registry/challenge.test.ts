import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseChallenges } from './challenge.ts';

describe('parseChallenges', () => {
  const cases: [header: string | undefined, expected: [string, Record<string, string>][]][] = [
    [undefined, []],
    ['', []],
    ['Basic realm="x"', [['basic', { realm: 'x' }]]],
    [
      'Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          { realm: 'https://auth.example/token', service: 'registry.example', scope: 'repository:a/b:pull,push' },
        ],
      ],
    ],
    ['BEARER Realm = "a" , service=b', [['bearer', { realm: 'a', service: 'b' }]]],
    [
      'Negotiate, Basic realm="a, b=\\"c\\"", Bearer realm=x',
      [
        ['negotiate', {}],
        ['basic', { realm: 'a, b="c"' }],
        ['bearer', { realm: 'x' }],
      ],
    ],
    ['Bearer realm="cut', [['bearer', {}]]],
    ['Bearer error="x",realm="', [['bearer', { error: 'x' }]]],
    ['realm="lost"', []],
    ['=', []],
    ['Bearer a="1",a="2"', [['bearer', { a: '2' }]]],
    ['Bearer __proto__="1"', [['bearer', Object.fromEntries([['__proto__', '1']])]]],
  ];
  for (const [header, expected] of cases) {
    test(String(header), () => {
      const found = parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
      assert.deepEqual(found, expected);
    });
  }

  test('takes no longer for a header made to be slow', () => {
    for (const header of [
      `Bearer a="${'\\'.repeat(100_000)}`,
      'a'.repeat(100_000),
      `Bearer ${' ,'.repeat(50_000)}`,
      'a= '.repeat(30_000),
    ]) {
      const start = performance.now();
      parseChallenges(header);
      assert.ok(performance.now() - start < 500);
    }
  });
});
