// Releases of distributions as OSV names them, from what a system says of itself. Undefined where there is none or it cannot be told.
import type { OperatingSystem } from './model/package.ts';

/** The major number since Debian 7, `6.0` and `3.1` before. Testing and unstable say no version. */
export function debianRelease({ versionId = '' }: OperatingSystem): string | undefined {
  const [, major, minor] = /^(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d{1,3})*$/.exec(versionId) ?? [];
  if (major === undefined) return undefined;
  return Number(major) >= 7 ? major : minor && `${major}.${minor}`;
}

/** April releases of even years are for long-term support. */
export function ubuntuRelease({ versionId = '' }: OperatingSystem): string | undefined {
  const [, year, month] = /^(\d{1,2})\.(\d\d)(?:\.\d{1,2})?$/.exec(versionId) ?? [];
  if (year === undefined) return undefined;
  return `${year}.${month}${month === '04' && Number(year) % 2 === 0 ? ':LTS' : ''}`;
}

/** `v3.19` of `3.19.1`. Edge has versions such as `3.20_alpha20240315`, which are no release. */
export function alpineRelease({ versionId = '' }: OperatingSystem): string | undefined {
  const branch = /^(\d{1,2}\.\d{1,3})(?:\.\d{1,3})*$/.exec(versionId)?.[1];
  return branch && `v${branch}`;
}

/** `9` of `9.4`. */
export function majorRelease({ versionId = '' }: OperatingSystem): string | undefined {
  return /^(\d{1,3})(?:\.\d{1,3})*$/.exec(versionId)?.[1];
}

/** `5.0`. */
export function photonRelease({ versionId = '' }: OperatingSystem): string | undefined {
  return /^\d{1,2}\.\d{1,2}$/.exec(versionId)?.[0];
}

/** `Leap 15.6`, `Leap Micro 5.5`, `Tumbleweed`, which is the one without numbers. */
export function opensuseRelease({ id, versionId = '' }: OperatingSystem): string | undefined {
  if (id === 'opensuse-tumbleweed') return 'Tumbleweed';
  const number = /^\d{1,3}\.\d{1,2}$/.exec(versionId)?.[0];
  return number && `${id === 'opensuse-leap-micro' ? 'Leap Micro' : 'Leap'} ${number}`;
}

/** `15 SP5` of `15.5`: see `suseAdvisoryRelease`. */
export function suseRelease({ versionId = '' }: OperatingSystem): string | undefined {
  const [, major, pack] = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(versionId) ?? [];
  return major && (pack === undefined || pack === '0' ? major : `${major} SP${pack}`);
}

/** `24.03-LTS-SP1`. os-release has only the number alone; the rest is in the system's full name, `openEuler 24.03 (LTS-SP1)`. */
export function openEulerRelease({ versionId = '', name = '' }: OperatingSystem): string | undefined {
  const number = /^\d{2}\.\d{2}$/.exec(versionId)?.[0];
  const support = /\((LTS(?:-SP\d{1,2})?)\)$/.exec(name)?.[1];
  return number && (support === undefined ? number : `${number}-${support}`);
}

/**
 * Red Hat names the product and repository that a fix is in, `enterprise_linux:9::appstream`. Which repository a package is from, an
 * image does not say, so all of a release are one: `9`. Extended support (`rhel_eus:9.2`) and other products stay apart.
 */
export function redHatAdvisoryRelease(suffix: string): string {
  return /^enterprise_linux:(\d{1,2})(?:\.\d{1,2})?(?:::[a-z0-9_]+)?$/.exec(suffix)?.[1] ?? suffix;
}

/**
 * SUSE names the product or module that a fix is in, `Linux Enterprise Module for Basesystem 15 SP5`. Which module a package is from,
 * an image does not say, so all of a service pack are one: `15 SP5`. So are fixes under longer support: that they are sold apart makes
 * nobody safe who does not buy them. Other distributions and kernels (Micro, Live Patching, Real Time) stay apart.
 */
export function suseAdvisoryRelease(suffix: string): string {
  if (/Micro|Live Patching|Real Time|\bRT\b/.test(suffix)) return suffix;
  return /^Linux Enterprise .{1,60} (\d{1,2}(?: SP\d{1,2})?)(?:-[A-Za-z]{1,12})*$/.exec(suffix)?.[1] ?? suffix;
}
