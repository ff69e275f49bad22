import type { Package } from '../base/model/package.ts';

/** All that a report says of a package and a format has no place of its own for, as JSON: what scanning the document again needs. */
export function toPackageFacts(item: Package): string {
  const { state, ecosystem, release, type, source, architecture, origin, development, ownedBy } = item;
  const locations = item.locations.map(({ path, layer }) => ({ path, layer }));
  return JSON.stringify({
    state,
    ecosystem,
    release,
    type,
    source: source && { name: source.name, version: source.version },
    architecture,
    origin,
    development,
    ownedBy,
    locations,
  });
}
