import type { Package } from '../../base/model/package.ts';
import { isNamedWithinDistribution } from './distribution-purl.ts';

/**
 * Packages of a distribution that are listed a second time by a file that says less of them (no architecture, no source package), and
 * the package that is meant: the one that the distribution's database has.
 */
export function findDoubles<P extends Package>(packages: Iterable<P>): Map<P, P> {
  const all = [...packages];
  const lesser = Map.groupBy(all.filter(saysLess), identityOf);
  const doubles = new Map<P, P>();
  if (lesser.size === 0) return doubles;
  for (const item of all) {
    if (saysLess(item)) continue;
    for (const other of lesser.get(identityOf(item)) ?? [])
      if (!doubles.has(other) && (other.architecture ?? item.architecture) === item.architecture)
        doubles.set(other, item);
  }
  return doubles;
}

function saysLess({ type, state, architecture }: Package): boolean {
  return isNamedWithinDistribution(type) && (state === 'declared' || architecture === undefined);
}

/** All that tells packages apart but the architecture. An epoch of 0 is none. */
function identityOf({ type, purl, name, version }: Package): string {
  const vendor = purl.slice(0, purl.lastIndexOf('/', purl.indexOf('@')));
  const distro = /[?&]distro=([^&]*)/.exec(purl)?.[1];
  return JSON.stringify([type, vendor, distro, name, version.replace(/^0:/, '')]);
}
