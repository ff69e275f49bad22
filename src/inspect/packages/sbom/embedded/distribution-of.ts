import { codenames } from '../../../../base/codenames.ts';
import { ecosystems } from '../../../../base/ecosystems.ts';
import type { Distribution } from '../../../../base/model/package.ts';

/** What purls and scanners call systems whose os-release has another id. */
const systemIds: ReadonlyMap<string, string> = new Map([
  ['redhat', 'rhel'],
  ['alma', 'almalinux'],
  ['rocky-linux', 'rocky'],
  ['oracle', 'ol'],
  ['amazon', 'amzn'],
  ['vmware', 'photon'],
  ['azure-linux', 'azurelinux'],
  ['cbl-mariner', 'mariner'],
  ['opensuse.leap', 'opensuse-leap'],
  ['opensuse.tumbleweed', 'opensuse-tumbleweed'],
  ['suse linux enterprise server', 'sles'],
]);
const knownIds: ReadonlySet<string> = new Set(ecosystems.flatMap(({ distributions = [] }) => distributions));
const maxLength = 128;

/**
 * The distribution of a purl: its namespace, `debian`, and its `distro`, which scanners write as `debian-12.4`, `3.16.0`, `bullseye` or
 * `redhat-9.3`. A `distro` that says no release that is known leaves none; where there is no `distro`, the release is open.
 */
export function distributionOf(namespace: string, distro: string | undefined): Distribution {
  const vendor = toId(namespace.slice(0, maxLength));
  if (distro === undefined) return { id: vendor };
  const text = distro.slice(0, maxLength);
  const isId = (part: string) => knownIds.has(toId(part)) || toId(part) === vendor;
  if (isId(text)) return { id: toId(text), versionId: '' };
  const cut = text.lastIndexOf('-');
  const [named, rest] = [text.slice(0, Math.max(0, cut)), text.slice(cut + 1)];
  if (named !== '' && (isId(named) || /^v?\d/.test(rest)) && !/^\d/.test(named))
    return { id: toId(named), versionId: toVersionId(toId(named), rest) };
  return { id: vendor, versionId: toVersionId(vendor, text) };
}

function toId(name: string): string {
  return systemIds.get(name) ?? name;
}

/** `11` of `bullseye`; `3.16` of `v3.16`; what is not known stays as it is and is no release. */
function toVersionId(id: string, text: string): string {
  return codenames.get(`${id} ${text}`) ?? text.replace(/^v(?=\d)/, '');
}
