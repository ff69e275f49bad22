import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Match } from '../../base/model/match.ts';
import type { Package } from '../../base/model/package.ts';
import type { AdvisoryBody, AffectedRow } from '../database/shard-rows.ts';
import { type AdvisoryShard, addPriorities, matchPackages, shardNameOf } from './match-packages.ts';

type Told = { readonly id: string; readonly name: string; readonly fixed?: string } & Partial<
  Pick<AdvisoryBody, 'aliases' | 'upstream' | 'ratings'>
> &
  Partial<Pick<AffectedRow, 'vendorState'>>;

/** A shard in memory: what each advisory says of one package. */
function shardOf(ecosystem: string, release: string, told: readonly Told[]): AdvisoryShard {
  const rows = told.map(
    ({ id, name, fixed, vendorState }): AffectedRow => ({
      advisory: id,
      ecosystem,
      release,
      name,
      ranges: [
        { type: 'ECOSYSTEM', events: fixed === undefined ? [{ introduced: '0' }] : [{ introduced: '0' }, { fixed }] },
      ],
      versions: [],
      ratings: [],
      ...(vendorState ? { vendorState } : {}),
    }),
  );
  return {
    header: { kind: 'shard', feed: 'osv', ecosystem, release, advisories: told.length, packages: rows.length },
    affecting: (names) =>
      new Map(
        [...names]
          .map((name) => [name, rows.filter((row) => row.name === name)] as const)
          .filter(([, found]) => found.length > 0),
      ),
    advisories: (wanted) =>
      new Map(told.filter(({ id }) => [...wanted].includes(id)).map((one) => [one.id, toBody(one)])),
  };
}

function toBody(told: Told): AdvisoryBody {
  const empty = { aliases: [], upstream: [], ratings: [], references: [] };
  return { kind: 'advisory', modified: '2024-01-01T00:00:00Z', ...empty, ...told };
}

function packageOf(more: Partial<Package>): Package {
  const base = {
    purl: 'pkg:npm/a@1.0.0',
    ecosystem: 'npm',
    type: 'npm',
    name: 'a',
    version: '1.0.0',
    state: 'installed',
    locations: [{ path: 'a' }],
  } as const;
  return { ...base, ...more };
}

function debOf(name: string, version: string, more: Partial<Package> = {}): Package {
  return packageOf({
    purl: `pkg:deb/debian/${name}@${version}`,
    ecosystem: 'Debian',
    release: '11',
    type: 'deb',
    name,
    version,
    ...more,
  });
}

const all = new Set(['deb', 'npm', 'pypi']);
const texts = (matches: readonly Match[]) =>
  matches.map(
    ({ id, aliases, fixedVersions, state, severity }) =>
      `${id} [${aliases.join(' ')}] ${fixedVersions.join(' ')} ${state} ${severity}`,
  );

test('OS packages are looked up by their source and its version', () => {
  const shard = shardOf('Debian', '11', [
    { id: 'DSA-1-1', name: 'openssl', fixed: '1.1.1n-0+deb11u5', upstream: ['CVE-2022-0001', 'CVE-2022-0002'] },
  ]);
  const item = debOf('libssl1.1', '1.1.1n-0+deb11u4+b1', { source: { name: 'openssl', version: '1.1.1n-0+deb11u4' } });
  const { matches } = matchPackages([item], shard, all);
  assert.deepEqual(texts(matches), [
    'CVE-2022-0001 [DSA-1-1] 1.1.1n-0+deb11u5 fixed unknown',
    'CVE-2022-0002 [DSA-1-1] 1.1.1n-0+deb11u5 fixed unknown',
  ]);
  assert.deepEqual(matches[0]?.reason, {
    feed: 'osv',
    advisory: 'DSA-1-1',
    shard: 'Debian:11',
    name: 'openssl',
    version: '1.1.1n-0+deb11u4',
    range: '< 1.1.1n-0+deb11u5',
    how: 'range',
  });
  assert.equal(matches[0]?.package.name, 'libssl1.1');
});

test('advisories that name one vulnerability are one match with every reason', () => {
  const shard = shardOf('npm', '', [
    {
      id: 'GHSA-1',
      name: 'a',
      fixed: '1.2.0',
      aliases: ['CVE-2022-0001'],
      ratings: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    },
    { id: 'OTHER-1', name: 'a', fixed: '1.1.0', aliases: ['CVE-2022-0001'] },
  ]);
  const { matches } = matchPackages([packageOf({})], shard, all);
  assert.deepEqual(texts(matches), ['CVE-2022-0001 [GHSA-1 OTHER-1] 1.1.0 1.2.0 fixed critical']);
  assert.equal(matches[0]?.otherReasons.length, 1);
  assert.equal(matches[0]?.cvss[0]?.score, 9.8);
});

const states: readonly (readonly [vendorState: string | undefined, state: string])[] = [
  [undefined, 'not-fixed'],
  ['needed', 'not-fixed'],
  ['ignored', 'will-not-fix'],
  ['deferred', 'deferred'],
  ['end-of-life', 'end-of-life'],
];
for (const [vendorState, state] of states) {
  test(`without a fix, and the vendor says ${vendorState}: ${state}`, () => {
    const { matches } = matchPackages(
      [packageOf({})],
      shardOf('npm', '', [{ id: 'A-1', name: 'a', ...(vendorState ? { vendorState } : {}) }]),
      all,
    );
    assert.deepEqual(
      matches.map((match) => match.state),
      [state],
    );
  });
}

test('a version that cannot be compared is a problem, not a silence', () => {
  const { matches, problems } = matchPackages(
    [packageOf({ version: 'main' })],
    shardOf('npm', '', [{ id: 'A-1', name: 'a', fixed: '2.0.0' }]),
    all,
  );
  assert.deepEqual(matches, []);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['unknown-version'],
  );
  assert.match(problems[0]!.message, /a main .* A-1|A-1/);
});

test('what belongs to an OS package stays in the result, suppressed with the reason', () => {
  const shard = shardOf('PyPI', '', [{ id: 'A-1', name: 'six', fixed: '2.0' }]);
  const item = packageOf({
    purl: 'pkg:pypi/six@1.16.0',
    ecosystem: 'PyPI',
    type: 'pypi',
    name: 'six',
    version: '1.16.0',
    ownedBy: 'deb/python3-six',
  });
  const { matches } = matchPackages([item], shard, all);
  assert.equal(matches[0]?.suppressed?.by, 'owned-by-os-package');
  assert.match(matches[0]?.suppressed?.why ?? '', /python3-six/);
});

test('a project that is not published is not the package of its name; a fork by git still is', () => {
  const shard = shardOf('npm', '', [{ id: 'MAL-1', name: 'a' }]);
  const by = (origin: string) => matchPackages([packageOf({ origin })], shard, all).matches[0]?.suppressed?.by;
  assert.equal(by('file:srv/app'), 'local-project');
  assert.equal(by('file:vendor/a-1.0.0.tgz'), undefined);
  assert.equal(by('git+https://git.example.invalid/a.git#abc'), undefined);
});

test('what belongs to an OS package counts where the OS was compared with nothing', () => {
  const shard = shardOf('PyPI', '', [{ id: 'A-1', name: 'six', fixed: '2.0' }]);
  const item = packageOf({
    ecosystem: 'PyPI',
    type: 'pypi',
    name: 'six',
    version: '1.16.0',
    ownedBy: 'deb/python3-six',
  });
  assert.equal(matchPackages([item], shard, new Set(['pypi'])).matches[0]?.suppressed, undefined);
});

test('headers of the kernel are suppressed with the reason', () => {
  const shard = shardOf('Debian', '11', [{ id: 'DSA-1-1', name: 'linux', fixed: '5.10.200-1' }]);
  const item = debOf('linux-libc-dev', '5.10.1-1', { source: { name: 'linux', version: '5.10.1-1' } });
  assert.equal(matchPackages([item], shard, all).matches[0]?.suppressed?.by, 'no-executable-content');
});

test('names are compared in the form of their ecosystem', () => {
  const shard = shardOf('PyPI', '', [{ id: 'A-1', name: 'zope-interface', fixed: '5.0' }]);
  const item = packageOf({ ecosystem: 'PyPI', type: 'pypi', name: 'Zope.Interface', version: '4.0' });
  assert.equal(matchPackages([item], shard, all).matches.length, 1);
});

test('the shard of a package', () => {
  assert.equal(shardNameOf(debOf('a', '1')), 'Debian:11');
  assert.equal(shardNameOf(packageOf({})), 'npm');
  const ofMaven = { ecosystem: 'Maven', type: 'maven' };
  assert.equal(shardNameOf(packageOf({ ...ofMaven, name: 'org.example:keel' })), 'Maven');
  assert.equal(shardNameOf(packageOf({ ...ofMaven, name: 'keel' })), undefined);
  const { release: _release, ...withoutRelease } = debOf('a', '1');
  assert.equal(shardNameOf(withoutRelease), undefined);
  assert.equal(shardNameOf(packageOf({ ecosystem: 'rpm', type: 'rpm' })), undefined);
});

test('priorities are those of the CVE, whichever name the match has', () => {
  const shard = shardOf('npm', '', [{ id: 'GHSA-1', name: 'a', aliases: ['CVE-2022-0001'] }]);
  const [match] = addPriorities(matchPackages([packageOf({})], shard, all).matches, {
    kev: (ids) => new Map([...ids].map((id) => [id, { dateAdded: '2022-01-01', ransomware: true }])),
    epss: () => new Map([['CVE-2022-0001', { score: 0.5, percentile: 0.9 }]]),
  });
  assert.deepEqual([match?.kev?.ransomware, match?.epss?.score], [true, 0.5]);
});

test('more matches than are held in memory end the scan', () => {
  const packages = ['1', '2', '3'].map((version) => packageOf({ version: `${version}.0.0` }));
  const shard = shardOf('npm', '', [
    { id: 'GHSA-1', name: 'a' },
    { id: 'GHSA-2', name: 'a' },
  ]);
  const types = new Set(['npm']);
  assert.equal(matchPackages(packages, shard, types, 24).matches.length, 6);
  for (const most of [0, 3, 5, 23])
    assert.throws(() => matchPackages(packages, shard, types, most), { code: 'limit-exceeded' });
  // Said once, told five times.
  const sameVersion = Array.from({ length: 5 }, () => packageOf({ version: '1.0.0' }));
  assert.equal(matchPackages(sameVersion, shard, types, 10).matches.length, 10);
  assert.throws(() => matchPackages(sameVersion, shard, types, 9), { code: 'limit-exceeded' });
});
