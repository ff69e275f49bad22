import type { Package } from '../../base/model/package.ts';
import { isNamedWithinDistribution } from './distribution-purl.ts';

/**
 * Packages of a distribution that are listed a second time by a file that says less of them (no architecture, no source package), and
 * the package that is meant: the one that the distribution's database has.
 */
export function findDoubles<P extends Package>(packages: Iterable<P>): Map<P, P> {
  const all = [...packages];
  const lesser = Map.groupBy(all.filter(saysLess), (item) => identityOf(item, item.architecture));
  const doubles = new Map<P, P>();
  if (lesser.size === 0) return doubles;
  for (const item of all) {
    if (saysLess(item)) continue;
    for (const architecture of [item.architecture, undefined]) {
      const key = identityOf(item, architecture);
      for (const other of lesser.get(key) ?? []) doubles.set(other, item);
      // Each is found once, so that many that are alike take no quadratic time.
      lesser.delete(key);
    }
  }
  return doubles;
}

function saysLess({ type, state, architecture }: Package): boolean {
  return isNamedWithinDistribution(type) && (state === 'declared' || architecture === undefined);
}

/** All that tells packages apart. An epoch of 0 is none. */
function identityOf({ type, purl, name, version }: Package, architecture: string | undefined): string {
  const vendor = purl.slice(0, purl.lastIndexOf('/', purl.indexOf('@')));
  const distro = /[?&]distro=([^&]*)/.exec(purl)?.[1];
  return JSON.stringify([type, vendor, distro, name, version.replace(/^0:/, ''), architecture]);
}
