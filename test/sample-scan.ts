// A small image with known vulnerabilities, and the advisories that name them.
import { epssScores, kevCatalogue, osvExport, osvRecord, supportCycles } from './feeds/sample-feed.ts';
import { file, type Member } from './images/build-image.ts';

const osRelease = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n';
/** What dpkg says of bash. */
export const dpkgStatus = 'Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.1-1\n\n';

/** A library of npm in the application's folder. */
export function npmLibrary(name: string, version: string, folder = 'srv/app'): Member {
  return file(`${folder}/node_modules/${name}/package.json`, JSON.stringify({ name, version }));
}

/** Debian 12 with bash of no known rating, a library that is medium and mended, and one that is high and is not. */
export const sampleMembers: readonly Member[] = [
  file('etc/os-release', osRelease),
  file('var/lib/dpkg/status', dpkgStatus),
  npmLibrary('left-sail', '1.0.0'),
  npmLibrary('old-keel', '2.0.0'),
];

/** A member that no cataloguer can read. */
export const damagedMember: Member = file('srv/app/node_modules/broken/package.json', '{');

const rated = (severity: string) => ({ database_specific: { severity } });
const unmended = {
  affected: [
    { package: { ecosystem: 'npm', name: 'old-keel' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
  ],
};

/** Feeds in the layout of `db update --from`; PyPI and Alpine are of no use to the sample. */
export const sampleFeeds: Readonly<Record<string, string | Uint8Array>> = {
  'osv/Debian/all.zip': osvExport([osvRecord('DSA-1-1', { 'Debian:12/bash': '5.2' })]),
  'osv/npm/all.zip': osvExport([
    osvRecord(
      'GHSA-aaaa-aaaa-aaaa',
      { 'npm/left-sail': '1.2.0' },
      { ...rated('MODERATE'), aliases: ['CVE-2024-1111'] },
    ),
    osvRecord('GHSA-bbbb-bbbb-bbbb', {}, { ...rated('HIGH'), ...unmended }),
  ]),
  'osv/PyPI/all.zip': osvExport([osvRecord('PYSEC-1', { 'PyPI/mast': '1.0' })]),
  'osv/Alpine/all.zip': osvExport([osvRecord('ALPINE-1', { 'Alpine:v3.20/mast': '1.0-r0' })]),
  'kev/known_exploited_vulnerabilities.json': kevCatalogue(['CVE-2024-1111']),
  'epss/epss_scores-current.csv.gz': epssScores({ 'CVE-2024-1111': '0.5,0.9' }),
  'eol/api/v1/products/full.json': supportCycles({ 'debian 12': ['2026-07-11', '2128-06-30'] }),
};

/** The variables that make scans fetch from such a layout below an address. */
export function feedVariables(base: string): Record<string, string> {
  return {
    PLIMSOLL_FEED_OSV: `${base}/osv`,
    PLIMSOLL_FEED_KEV: `${base}/kev/known_exploited_vulnerabilities.json`,
    PLIMSOLL_FEED_EPSS: `${base}/epss/epss_scores-current.csv.gz`,
    PLIMSOLL_FEED_EOL: `${base}/eol/api/v1/products/full.json`,
  };
}
