// Reports in the shape of real scans, for tests of everything that is written from one.
import type { Match, MatchReason } from '../../base/model/match.ts';
import type { Location, Package } from '../../base/model/package.ts';
import type { DataUsed, Report } from '../../base/model/report.ts';

const layers = [
  { diffId: `sha256:${'a1'.repeat(32)}`, createdBy: '/bin/sh -c #(nop) ADD file:3c2b4a1d0e9f in / ' },
  { diffId: `sha256:${'b2'.repeat(32)}`, createdBy: '/bin/sh -c apt-get update && apt-get install -y nodejs npm' },
  { diffId: `sha256:${'c3'.repeat(32)}`, createdBy: 'COPY app /srv/app # buildkit' },
] as const;

const dpkgStatus: readonly Location[] = [{ path: 'var/lib/dpkg/status', layer: layers[1].diffId }];
const inApp = (name: string): readonly Location[] => [
  { path: `srv/app/node_modules/${name}/package.json`, layer: layers[2].diffId },
];

/** A package of Debian 11. */
export function deb(name: string, version: string, source?: { name: string; version: string }): Package {
  return {
    purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=amd64&distro=debian-11`,
    ecosystem: 'Debian',
    release: '11',
    type: 'deb',
    name,
    version,
    state: 'installed',
    ...(source ? { source } : {}),
    architecture: 'amd64',
    maintainer: 'Debian Developers <developers@example.invalid>',
    locations: dpkgStatus,
  };
}

/** A package in the application's node_modules. */
export function npm(name: string, version: string, more: Partial<Package> = {}): Package {
  return {
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ecosystem: 'npm',
    type: 'npm',
    name,
    version,
    state: 'installed',
    licenses: ['MIT'],
    locations: inApp(name),
    ...more,
  };
}

const openssl = { name: 'openssl', version: '1.1.1k-1+deb11u1' };
const utilLinux = { name: 'util-linux', version: '2.36.1-8' };
const packages = {
  libc6: deb('libc6', '2.31-13+deb11u2', { name: 'glibc', version: '2.31-13+deb11u2' }),
  libcBin: deb('libc-bin', '2.31-13+deb11u2', { name: 'glibc', version: '2.31-13+deb11u2' }),
  libssl: deb('libssl1.1', '1.1.1k-1+deb11u1', openssl),
  openssl: deb('openssl', '1.1.1k-1+deb11u1'),
  mount: deb('mount', '2.36.1-8', utilLinux),
  utilLinux: deb('util-linux', '2.36.1-8'),
  bsdutils: deb('bsdutils', '1:2.36.1-8', utilLinux),
  zlib: deb('zlib1g', '1:1.2.11.dfsg-2', { name: 'zlib', version: '1:1.2.11.dfsg-2' }),
  headers: deb('linux-libc-dev', '5.10.84-1', { name: 'linux', version: '5.10.84-1' }),
  lodash: npm('lodash', '4.17.15'),
  minimist: npm('minimist', '0.0.8', {
    locations: [...inApp('minimist'), ...inApp('mkdirp/node_modules/minimist')],
  }),
  semver: npm('semver', '5.7.1', { licenses: ['ISC'] }),
  babel: npm('@babel/traverse', '7.14.0', { development: true, licenses: ['(MIT OR Apache-2.0)'] }),
  urllib3: {
    purl: 'pkg:pypi/urllib3@1.26.5',
    ecosystem: 'PyPI',
    type: 'pypi',
    name: 'urllib3',
    version: '1.26.5',
    state: 'installed',
    licenses: ['MIT', 'License :: OSI Approved'],
    ownedBy: 'deb/python3-urllib3',
    locations: [
      { path: 'usr/lib/python3/dist-packages/urllib3-1.26.5.egg-info/PKG-INFO', layer: layers[1].diffId },
    ],
  } satisfies Package,
  requests: {
    purl: 'pkg:pypi/requests@2.25.1',
    ecosystem: 'PyPI',
    type: 'pypi',
    name: 'requests',
    version: '2.25.1',
    state: 'declared',
    locations: [{ path: 'srv/app/requirements.txt', layer: layers[2].diffId }],
  } satisfies Package,
};

/** What a match needs beyond its package. */
export interface MatchFacts {
  readonly severity?: Match['severity'];
  readonly fixed?: readonly string[];
  readonly state?: Match['state'];
  readonly epss?: number;
  readonly more?: Partial<Match>;
}

/** One vulnerability of a package. */
export function match(item: Package, id: string, facts: MatchFacts = {}): Match {
  const { severity = 'unknown', fixed = [], state = fixed.length > 0 ? 'fixed' : 'not-fixed', epss, more } = facts;
  const source = item.source ?? item;
  const reason: MatchReason = {
    feed: 'osv',
    advisory: item.type === 'deb' ? `DEBIAN-${id}` : id,
    shard: item.release ? `${item.ecosystem}:${item.release}` : item.ecosystem,
    name: source.name,
    version: source.version,
    range: fixed[0] ? `>= 0, < ${fixed[0]}` : '>= 0',
    how: 'range',
  };
  return {
    id,
    aliases: item.type === 'deb' ? [`DEBIAN-${id}`] : [],
    severity,
    cvss: [],
    ...(epss === undefined ? {} : { epss: { score: epss, percentile: Math.min(1, epss + 0.2) } }),
    references: [],
    package: { purl: item.purl, name: item.name, version: item.version, locations: item.locations },
    fixedVersions: fixed,
    state,
    reason,
    otherReasons: [],
    ...more,
  };
}

const kev = { dateAdded: '2022-03-03', dueDate: '2022-03-24', ransomware: false };
const cvss31 = (vector: string, score: number): Partial<Match> => ({
  cvss: [{ version: '3.1', vector, score }],
  rating: { type: 'CVSS_V3', score: vector, source: 'osv' },
});

function sslMatches(item: Package): Match[] {
  const u = (n: number) => [n < 2 ? '1.1.1n-0+deb11u1' : `1.1.1n-0+deb11u${n}`];
  return [
    match(item, 'CVE-2022-2068', {
      severity: 'critical',
      fixed: u(3),
      epss: 0.62,
      more: cvss31('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8),
    }),
    match(item, 'CVE-2022-1292', { severity: 'critical', fixed: u(2), epss: 0.55 }),
    match(item, 'CVE-2022-0778', {
      severity: 'high',
      fixed: u(1),
      epss: 0.09,
      more: {
        summary: 'The BN_mod_sqrt() function can loop forever for non-prime moduli',
        references: ['https://security-tracker.example.invalid/CVE-2022-0778', 'not an address'],
        ...cvss31('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 7.5),
      },
    }),
    match(item, 'CVE-2023-0286', { severity: 'high', fixed: u(4), epss: 0.88 }),
    match(item, 'CVE-2022-4304', { severity: 'medium', fixed: u(4), epss: 0.01 }),
    match(item, 'CVE-2025-27587', { severity: 'low', state: 'will-not-fix' }),
  ];
}

const ownedWhy =
  'Its files belong to the OS package python3-urllib3, whose distribution mends and rates it; see python3-urllib3.';
const headersWhy = 'Header files of the kernel: the kernel itself is not in the image, the host runs its own.';

const matches: readonly Match[] = [
  ...sslMatches(packages.libssl),
  ...sslMatches(packages.openssl),
  ...[packages.libc6, packages.libcBin].flatMap((item) => [
    match(item, 'CVE-2023-4911', {
      severity: 'high',
      fixed: ['2.31-13+deb11u7'],
      epss: 0.71,
      more: { kev: { dateAdded: '2023-11-21', dueDate: '2023-12-12', ransomware: true } },
    }),
    match(item, 'CVE-2021-33574', { severity: 'critical', fixed: ['2.31-13+deb11u3'], epss: 0.02 }),
    match(item, 'CVE-2010-4756', { severity: 'negligible', state: 'will-not-fix' }),
  ]),
  ...[packages.mount, packages.utilLinux, packages.bsdutils].map((item) =>
    match(item, 'CVE-2022-0563', { severity: 'negligible', state: 'deferred' }),
  ),
  match(packages.zlib, 'CVE-2022-37434', { severity: 'critical', fixed: ['1:1.2.11.dfsg-2+deb11u2'], epss: 0.92 }),
  match(packages.zlib, 'CVE-2023-45853', { severity: 'critical', state: 'end-of-life', epss: 0.01 }),
  match(packages.headers, 'CVE-2022-0847', {
    severity: 'high',
    fixed: ['5.10.92-2'],
    more: { kev, suppressed: { by: 'no-executable-content', why: headersWhy } },
  }),
  match(packages.lodash, 'CVE-2021-23337', {
    severity: 'high',
    fixed: ['4.17.21'],
    epss: 0.03,
    more: {
      aliases: ['GHSA-35jh-r3h4-6jhm'],
      summary: 'Command Injection in lodash',
      references: ['https://github.com/advisories/GHSA-35jh-r3h4-6jhm'],
      ...cvss31('CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', 7.2),
    },
  }),
  match(packages.minimist, 'CVE-2021-44906', { severity: 'critical', fixed: ['0.2.4', '1.2.6'], epss: 0.01 }),
  match(packages.semver, 'CVE-2022-25883', { severity: 'high', fixed: ['5.7.2'], epss: 0.003 }),
  match(packages.babel, 'CVE-2023-45133', { severity: 'critical', fixed: ['7.23.2'], epss: 0.001 }),
  match(packages.urllib3, 'CVE-2023-43804', {
    severity: 'high',
    fixed: ['1.26.17'],
    more: { suppressed: { by: 'owned-by-os-package', why: ownedWhy } },
  }),
  match(packages.requests, 'PYSEC-2023-74', {
    severity: 'unknown',
    fixed: ['2.31.0'],
    more: { aliases: ['CVE-2023-32681', 'GHSA-j8r2-6x86-q33q'] },
  }),
];

const used = (advisories: number, asOf: string, source = 'file:feeds/osv'): DataUsed => ({
  source,
  asOf,
  fetched: '2026-11-24T06:00:00Z',
  advisories,
});

const tool = { name: 'plimsoll', version: '0.1.0' } as const;

/** Debian 11 with a Node application: something of everything. */
export const debianNode: Report = {
  image: {
    reference: 'registry:registry.example/shop/app:1.4',
    digest: `sha256:${'d4'.repeat(32)}`,
    configDigest: `sha256:${'e5'.repeat(32)}`,
    platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
    os: {
      id: 'debian',
      idLike: [],
      versionId: '11',
      codename: 'bullseye',
      name: 'Debian GNU/Linux 11 (bullseye)',
      path: 'usr/lib/os-release',
    },
    support: {
      state: 'ended',
      eol: '2024-08-14',
      extended: { eol: '2026-08-31', name: 'Debian LTS' },
      source: 'endoflife.date',
    },
    layers,
  },
  packages: Object.values(packages).sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  matches,
  findings: [],
  problems: [
    {
      kind: 'problem',
      where: { layer: layers[2].diffId, path: 'srv/app/vendor/old/package-lock.json', offset: 812, unit: 'byte' },
      code: 'malformed',
      message: 'The lock file is no JSON: its packages are not listed.',
    },
    {
      kind: 'problem',
      where: { path: 'srv/app/node_modules/weird/package.json', layer: layers[2].diffId },
      code: 'unknown-version',
      message: 'weird 1.x could not be compared with 2 of its advisories (GHSA-1111-2222-3333, GHSA-4444-5555-6666).',
    },
  ],
  actions: [
    {
      title: 'Raise openssl from 1.1.1k-1+deb11u1 to 1.1.1n-0+deb11u4',
      clears: ['CVE-2022-0778', 'CVE-2022-1292', 'CVE-2022-2068', 'CVE-2022-4304', 'CVE-2023-0286'],
      packages: [packages.libssl.purl, packages.openssl.purl],
    },
    {
      title: 'Raise glibc from 2.31-13+deb11u2 to 2.31-13+deb11u7',
      clears: ['CVE-2021-33574', 'CVE-2023-4911'],
      packages: [packages.libcBin.purl, packages.libc6.purl],
    },
  ],
  verdict: {
    pass: false,
    reasons: [
      '18 of severity high or above: 10 critical, 8 high.',
      'Support of Debian GNU/Linux 11 (bullseye) ended on 2024-08-14, Debian LTS on 2026-08-31: hardly any advisories come out for it, so few vulnerabilities found are no good news.',
    ],
  },
  data: {
    'Debian:11': used(42_310, '2026-11-23T21:14:05Z'),
    npm: used(214_877, '2026-11-24T03:02:11Z'),
    PyPI: used(19_204, '2026-11-23T18:40:00Z'),
    kev: used(1_455, '2026-11-22T00:00:00Z', 'file:feeds/kev'),
    epss: used(301_001, '2026-11-24T00:00:00Z', 'file:feeds/epss'),
    eol: used(321, '2026-11-24T00:00:00Z', 'file:feeds/eol'),
  },
  unscanned: [{ reason: 'no source of advisories for generic packages', packages: 2 }],
  created: '2026-11-24T09:30:00.000Z',
  tool,
};

/** A clean Alpine. */
export const clean: Report = {
  ...debianNode,
  image: {
    reference: 'oci-dir:build/image:1.2',
    digest: `sha256:${'f6'.repeat(32)}`,
    platform: { os: 'linux', architecture: 'amd64' },
    os: {
      id: 'alpine',
      idLike: [],
      versionId: '3.22.1',
      name: 'Alpine Linux v3.22',
      path: 'etc/os-release',
    },
    support: { state: 'supported', eol: '2027-05-01', source: 'endoflife.date' },
    layers: layers.slice(0, 1),
  },
  packages: ['musl', 'busybox', 'apk-tools'].map((name) => ({
    purl: `pkg:apk/alpine/${name}@1.2.5-r10?arch=x86_64&distro=alpine-3.22.1`,
    ecosystem: 'Alpine',
    release: 'v3.22',
    type: 'apk',
    name,
    version: '1.2.5-r10',
    state: 'installed' as const,
    licenses: ['GPL-2.0-only'],
    locations: [{ path: 'lib/apk/db/installed', layer: layers[0].diffId }],
  })),
  matches: [],
  problems: [],
  actions: [],
  unscanned: [],
  verdict: { pass: true, reasons: ['No vulnerability of severity high or above.'] },
  data: { 'Alpine:v3.22': used(3_881, '2026-11-23T11:00:00Z') },
};

/** Packages, but no advisory data at all. */
export const noData: Report = {
  ...clean,
  data: {},
  unscanned: [{ reason: 'no advisory data for Alpine:v3.22', packages: 3 }],
  verdict: { pass: true, reasons: ['No line was drawn: --fail-on SEVERITY draws one.'] },
};

/** A directory in which nothing was found. */
export const empty: Report = {
  ...clean,
  image: { reference: 'dir:/srv/empty', layers: [] },
  packages: [],
  data: {},
};

/** Names and texts that try to steer a terminal, and one script that is wide. */
export const hostile: Report = {
  ...clean,
  image: { ...clean.image, reference: 'oci-archive:\u001b]0;owned\u0007.tar' },
  packages: [
    npm('evil\u001b[2J\u001b[31mname', '1.0.0\r\nFAKE LINE'),
    npm('画像処理ライブラリ', '２.０.０'),
    npm('n\u0303a\u0301me\u202egnp.exe', '1.0.0'),
  ],
  matches: [
    match(npm('evil\u001b[2J\u001b[31mname', '1.0.0\r\nFAKE LINE'), 'CVE-2026-0001\u009b1m', {
      severity: 'high',
      fixed: ['1.0.1\u0008\u0008\u0008'],
    }),
    match(npm('画像処理ライブラリ', '２.０.０'), 'CVE-2026-0002', { severity: 'high' }),
    match(npm('n\u0303a\u0301me\u202egnp.exe', '1.0.0'), 'CVE-2026-0003', {
      severity: 'high',
      more: { suppressed: { by: 'ignore', why: 'said \u001b[8mso' } },
    }),
  ],
  problems: [
    {
      kind: 'problem',
      where: { path: `${'deep/'.repeat(60)}file\u0000` },
      code: 'unsafe-path',
      message: `Refused\u001b[1A ${'x'.repeat(300)}`,
    },
  ],
  unscanned: [{ reason: 'odd\u001b[0m', packages: 1 }],
  verdict: { pass: false, reasons: ['1 of severity high or above: 1\u001b[32m high.'] },
};
