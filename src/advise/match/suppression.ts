import type { Suppression } from '../../base/model/match.ts';
import type { Package } from '../../base/model/package.ts';

/**
 * Why matches of a package are not counted, if so. They stay in the report with this reason.
 * @param comparedTypes Types of packages that there was advisory data for: only then does an owner's distribution speak for it.
 */
export function suppressionOf(item: Package, comparedTypes: ReadonlySet<string>): Suppression | undefined {
  const ownerType = item.ownedBy?.slice(0, item.ownedBy.indexOf('/'));
  if (item.ownedBy !== undefined && ownerType !== item.type && comparedTypes.has(ownerType!)) {
    const owner = item.ownedBy.slice(item.ownedBy.indexOf('/') + 1);
    return {
      by: 'owned-by-os-package',
      why: `Its files belong to the OS package ${owner}, whose distribution mends and rates it; see ${owner}.`,
    };
  }
  if (item.origin?.startsWith('file:') && !/\.(?:tgz|tar|tar\.gz|whl|zip)$/.test(item.origin)) {
    return {
      by: 'local-project',
      why: `It is a project of its own (${item.origin}), not the published package of that name.`,
    };
  }
  if (isKernelHeaders(item)) {
    return {
      by: 'no-executable-content',
      why: 'Header files of the kernel: the kernel itself is not in the image, the host runs its own.',
    };
  }
  return undefined;
}

function isKernelHeaders({ type, name, source }: Package): boolean {
  if (type === 'apk') return name === 'linux-headers';
  return (
    type === 'deb' &&
    source?.name.startsWith('linux') === true &&
    /^linux-(?:libc-dev|(?:[a-z0-9.+-]{1,60}-)?headers-)/.test(name)
  );
}
