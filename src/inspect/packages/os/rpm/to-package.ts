import type { RpmHeader } from '../../../../base/bytes/rpm-header/header.ts';
import { rpmTags } from '../../../../base/bytes/rpm-header/tags.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import { parseSourceRpm, toVersion } from './source-rpm.ts';

/** The package of a header, or the names of the tags that it would need. */
export function toPackage(header: RpmHeader): FoundPackage | readonly string[] {
  const name = header.get(rpmTags.name);
  const version = header.get(rpmTags.version);
  const release = header.get(rpmTags.release);
  if (!name || !version || !release)
    return [...(name ? [] : ['name']), ...(version ? [] : ['version']), ...(release ? [] : ['release'])];
  const epoch = header.get(rpmTags.epoch);
  const source = parseSourceRpm(header.get(rpmTags.sourceRpm) ?? '', epoch);
  const architecture = header.get(rpmTags.arch);
  const license = header.get(rpmTags.license);
  const vendor = header.get(rpmTags.vendor);
  const modularity = header.get(rpmTags.modularityLabel);
  return {
    kind: 'package',
    type: 'rpm',
    name,
    version: toVersion(epoch, version, release),
    state: 'installed',
    ...(source ? { source } : {}),
    ...(architecture ? { architecture } : {}),
    ...(license ? { licenses: [license] } : {}),
    ...(vendor ? { maintainer: vendor } : {}),
    ...(modularity ? { modularity } : {}),
  };
}
