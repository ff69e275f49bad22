import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSupplier, type Supplier } from './supplier.ts';

const cases: readonly [text: string, supplier: Supplier | undefined][] = [
  ['Matthias Klose <doko@example.org>', { kind: 'person', name: 'Matthias Klose', email: 'doko@example.org' }],
  [
    'Debian OpenSSL Team <list@example.org>',
    { kind: 'organization', name: 'Debian OpenSSL Team', email: 'list@example.org' },
  ],
  ['Ubuntu Developers', { kind: 'organization', name: 'Ubuntu Developers' }],
  ['A (he) B <a@b>', { kind: 'person', name: 'A he B', email: 'a@b' }],
  ['A <not an address>', { kind: 'person', name: 'A not an address' }],
  ['A\r\nPackageName: b\u001b[31m', { kind: 'person', name: 'A PackageName: b [31m' }],
  ['<only@example.org>', undefined],
  [' \n ', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
];

for (const [text, supplier] of cases)
  test(`who is ${JSON.stringify(text.slice(0, 50))}`, () => assert.deepEqual(parseSupplier(text), supplier));

test('a vendor is an organization', () => {
  assert.deepEqual(parseSupplier('CentOS', true), { kind: 'organization', name: 'CentOS' });
  assert.equal(parseSupplier(undefined, true), undefined);
});
