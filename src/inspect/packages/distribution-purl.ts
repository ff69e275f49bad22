import { isDistributionType } from '../../base/ecosystems.ts';
import type { FoundPackage, OperatingSystem } from '../../base/model/package.ts';
import { toPurl } from '../../base/purl.ts';

/** Package managers of distributions that OSV has no advisories for, so that they are no ecosystem. */
const withoutAdvisories: ReadonlySet<string> = new Set(['alpm', 'opkg']);

/** Whether packages of a purl type belong to a distribution, known here or not. */
export function isNamedWithinDistribution(type: string): boolean {
  return isDistributionType(type) || withoutAdvisories.has(type);
}

/**
 * The purl of a distribution's package, named within the distribution.
 * @param namespace The ecosystem's; otherwise the id of the system.
 */
export function toDistributionPurl(
  found: FoundPackage,
  namespace: string | undefined,
  system: OperatingSystem | undefined,
): string {
  const { type, name, architecture } = found;
  const vendor = namespace ?? system?.id;
  const distro = system && (system.versionId ? `${system.id}-${system.versionId}` : system.id);
  const { version, ...more } = type === 'rpm' ? partsOfRpm(found) : { version: found.version };
  const qualifiers = { ...(architecture ? { arch: architecture } : {}), ...(distro ? { distro } : {}), ...more };
  return toPurl({ type, ...(vendor ? { namespace: vendor } : {}), name, version, qualifiers });
}

/**
 * In rpm's purls the epoch is a qualifier; the others are what scanners have agreed on: the file name of the source package, and
 * the module. https://github.com/package-url/purl-spec/blob/main/types/rpm-definition.json
 */
function partsOfRpm({ version, source, modularity }: FoundPackage): { version: string } & Record<string, string> {
  const [epoch, rest] = splitEpoch(version);
  return {
    version: rest,
    ...(epoch === undefined ? {} : { epoch }),
    ...(source ? { upstream: `${source.name}-${splitEpoch(source.version)[1]}.src.rpm` } : {}),
    ...(modularity ? { rpmmod: modularity } : {}),
  };
}

function splitEpoch(version: string): [epoch: string | undefined, rest: string] {
  const [, epoch, rest] = /^(\d{1,10}):(.*)$/s.exec(version) ?? [];
  return [epoch, rest ?? version];
}
