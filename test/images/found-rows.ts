// Shows what a cataloguer found, one row a package or problem, as tests of cataloguers compare it.
import type { FoundPackage } from '../../src/base/model/package.ts';
import type { Found } from '../../src/inspect/packages/cataloguer.ts';

/** `gem rake 13.0.6 installed`, with `dev` and the origin where there are any; of a problem, its code and line. */
export function rowsOf(found: readonly Found[]): string[] {
  return found.map((item) => {
    if (item.kind === 'package') return rowOf(item);
    if (item.kind !== 'problem') return item.kind;
    return item.where.offset === undefined ? item.code : `${item.code} ${item.where.offset}`;
  });
}

function rowOf({ type, name, version, state, development, origin }: FoundPackage): string {
  return [type, name, version, state, ...(development ? ['dev'] : []), ...(origin ? [origin] : [])].join(' ');
}

/** `rake 13.0.6` of each package, sorted. */
export function pinsOf(found: readonly Found[]): string[] {
  return found.flatMap((item) => (item.kind === 'package' ? [`${item.name} ${item.version}`] : [])).sort();
}
