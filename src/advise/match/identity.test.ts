import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldIdentities } from './identity.ts';

const advisory = (id: string, aliases: string[] = [], upstream: string[] = []) => ({ id, aliases, upstream });

const cases: readonly (readonly [
  title: string,
  advisories: ReturnType<typeof advisory>[],
  expected: readonly string[],
])[] = [
  ['an advisory alone', [advisory('GHSA-1')], ['GHSA-1 [] 0']],
  [
    'a CVE is the better name',
    [advisory('PYSEC-1', ['GHSA-1', 'CVE-2020-0001'])],
    ['CVE-2020-0001 [GHSA-1 PYSEC-1] 0'],
  ],
  [
    'two advisories with one alias are one',
    [advisory('PYSEC-1', ['CVE-2020-0001']), advisory('GHSA-1', ['CVE-2020-0001'])],
    ['CVE-2020-0001 [GHSA-1 PYSEC-1] 0,1'],
  ],
  ['two advisories, one naming the other', [advisory('A-1', ['B-1']), advisory('B-1')], ['A-1 [B-1] 0,1']],
  [
    'a chain of aliases',
    [advisory('A-1', ['B-1']), advisory('C-1', ['B-1', 'D-1']), advisory('D-1')],
    ['A-1 [B-1 C-1 D-1] 0,1,2'],
  ],
  [
    'an advisory about two CVEs is two vulnerabilities',
    [advisory('DSA-1-1', [], ['DEBIAN-CVE-2020-0001', 'CVE-2020-0001', 'DEBIAN-CVE-2020-0002', 'CVE-2020-0002'])],
    ['CVE-2020-0001 [DEBIAN-CVE-2020-0001 DSA-1-1] 0', 'CVE-2020-0002 [DEBIAN-CVE-2020-0002 DSA-1-1] 0'],
  ],
  [
    'a second advisory about one of them joins only that',
    [advisory('DSA-1-1', [], ['CVE-2020-0001', 'CVE-2020-0002']), advisory('DSA-2-1', [], ['CVE-2020-0002'])],
    ['CVE-2020-0001 [DSA-1-1] 0', 'CVE-2020-0002 [DSA-1-1 DSA-2-1] 0,1'],
  ],
  [
    'a distribution repeats the CVE in its own name',
    [advisory('ALPINE-CVE-2020-0001', [], ['CVE-2020-0001'])],
    ['CVE-2020-0001 [ALPINE-CVE-2020-0001] 0'],
  ],
  [
    'without upstream, its name still says the CVE',
    [advisory('UBUNTU-CVE-2020-0001')],
    ['CVE-2020-0001 [UBUNTU-CVE-2020-0001] 0'],
  ],
  ['an advisory that names nothing else', [advisory('DSA-9-1', [], [])], ['DSA-9-1 [] 0']],
];

for (const [title, advisories, expected] of cases) {
  test(title, () => {
    const folded = foldIdentities(advisories).map(
      ({ id, aliases, advisories: members }) => `${id} [${aliases.join(' ')}] ${members.join(',')}`,
    );
    assert.deepEqual(folded.sort(), [...expected].sort());
  });
}
