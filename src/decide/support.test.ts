import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperatingSystem } from '../base/model/package.ts';
import { explainSupport, judgeSupport } from './support.ts';

const debian: OperatingSystem = { id: 'debian', idLike: [], versionId: '11', path: 'etc/os-release' };
const fedora: OperatingSystem = { ...debian, id: 'fedora', versionId: '39', supportEnd: '2024-11-12' };
const wolfi: OperatingSystem = { ...debian, id: 'wolfi', versionId: '20230201' };
const known = { eol: '2024-08-14', extended: { eol: '2026-08-31', name: 'Debian LTS' } };

test('the state turns on the day of each end', () => {
  const stateOn = (today: string) => judgeSupport(debian, known, today).state;
  assert.deepEqual(['2024-08-13', '2024-08-14', '2026-08-30', '2026-08-31'].map(stateOn), [
    'supported',
    'extended',
    'extended',
    'ended',
  ]);
  assert.equal(judgeSupport(debian, { eol: '2024-08-14' }, '2024-08-14').state, 'ended');
});

test("the distribution's own word comes first", () => {
  assert.deepEqual(judgeSupport(fedora, { eol: '2030-01-01' }, '2024-11-12'), {
    state: 'ended',
    eol: '2024-11-12',
    source: 'os-release',
  });
  assert.deepEqual(judgeSupport({ ...debian, supportEnd: '2027-01-01' }, known, '2026-11-24'), {
    state: 'supported',
    eol: '2027-01-01',
    source: 'os-release',
  });
});

test('what has no end, none that is set, and what nobody knows differ', () => {
  assert.deepEqual(judgeSupport(wolfi, undefined, '2026-11-24'), { state: 'rolling' });
  assert.deepEqual(judgeSupport(debian, {}, '2026-11-24'), { state: 'supported', source: 'endoflife.date' });
  assert.deepEqual(judgeSupport({ ...debian, id: 'azurelinux' }, undefined, '2026-11-24'), { state: 'unknown' });
});

test('a sentence says that few vulnerabilities are no good news', () => {
  const explain = (today: string) => explainSupport(debian, judgeSupport(debian, known, today));
  assert.equal(explain('2024-01-01'), undefined);
  assert.equal(
    explain('2025-01-01'),
    'Regular support of debian 11 ended on 2024-08-14; only Debian LTS goes on, until 2026-08-31.',
  );
  assert.match(
    explain('2026-11-24')!,
    /^Support of debian 11 ended on 2024-08-14, Debian LTS on 2026-08-31: .*no good news\.$/,
  );
  assert.equal(explainSupport(wolfi, { state: 'rolling' }), undefined);
});
