import type { OperatingSystem } from './model/package.ts';

/** A family of releases whose end of support is known by release. */
interface SupportRow {
  /** endoflife.date's name of it. https://endoflife.date/docs/api/v1/ */
  readonly product: string;
  /** `ID`s of os-release. */
  readonly distributions: readonly string[];
  /** The cycle that a system is of, as endoflife.date names it; undefined where it cannot be told. */
  readonly cycle: (system: OperatingSystem) => string | undefined;
  /** Told apart by more than the id; absent where that is enough. */
  readonly isOf?: (system: OperatingSystem) => boolean;
}

/** Operating systems that images have, of all that endoflife.date knows. It has no dates of Azure Linux and CBL-Mariner. */
const rows: readonly SupportRow[] = [
  { product: 'debian', distributions: ['debian'], cycle: major },
  { product: 'ubuntu', distributions: ['ubuntu'], cycle: majorAndMinor },
  { product: 'alpine-linux', distributions: ['alpine'], cycle: majorAndMinor },
  { product: 'rhel', distributions: ['rhel'], cycle: major },
  { product: 'centos-stream', distributions: ['centos'], cycle: major, isOf: isStream },
  { product: 'centos', distributions: ['centos'], cycle: major },
  { product: 'almalinux', distributions: ['almalinux'], cycle: major },
  { product: 'rocky-linux', distributions: ['rocky'], cycle: major },
  { product: 'oracle-linux', distributions: ['ol'], cycle: major },
  { product: 'eurolinux', distributions: ['eurolinux'], cycle: major },
  { product: 'fedora', distributions: ['fedora'], cycle: major },
  { product: 'amazon-linux', distributions: ['amzn'], cycle: majorOrYear },
  { product: 'opensuse', distributions: ['opensuse-leap', 'opensuse'], cycle: majorAndMinor },
  { product: 'sles', distributions: ['sles', 'sled', 'sles_sap', 'sle_hpc'], cycle: servicePack },
  { product: 'suse-linux-micro', distributions: ['sl-micro', 'sle-micro', 'suse-microos'], cycle: majorAndMinor },
  { product: 'photon', distributions: ['photon'], cycle: majorAndMinor },
  { product: 'mageia', distributions: ['mageia'], cycle: major },
  { product: 'devuan', distributions: ['devuan'], cycle: major },
  { product: 'nixos', distributions: ['nixos'], cycle: majorAndMinor },
  { product: 'openwrt', distributions: ['openwrt'], cycle: majorAndMinor },
  { product: 'postmarketos', distributions: ['postmarketos'], cycle: majorAndMinor },
  { product: 'slackware', distributions: ['slackware'], cycle: majorAndMinor },
];

/** `ID`s of distributions that have one release, which is always the newest: its support has no end. */
const rolling: ReadonlySet<string> = new Set([
  'wolfi',
  'chainguard',
  'minimos',
  'arch',
  'archarm',
  'manjaro',
  'opensuse-tumbleweed',
  'gentoo',
  'void',
  'artix',
  'cachyos',
  'endeavouros',
]);

/** Products whose dates are kept. */
export const supportProducts: ReadonlySet<string> = new Set(rows.map(({ product }) => product));

/** Whether the distribution has no releases, so that its support has no end. */
export function isRolling({ id }: OperatingSystem): boolean {
  return rolling.has(id);
}

/** The key by which the end of a system's support is kept: `debian 11`. Undefined where no date can be known. */
export function supportKeyOf(system: OperatingSystem): string | undefined {
  const row = rows.find(({ distributions, isOf }) => distributions.includes(system.id) && (isOf?.(system) ?? true));
  const cycle = row?.cycle(system);
  return row && cycle && toSupportKey(row.product, cycle);
}

/** The key of a cycle of a product. */
export function toSupportKey(product: string, cycle: string): string {
  return `${product} ${cycle}`;
}

/** `9` of `9.4`. */
function major({ versionId = '' }: OperatingSystem): string | undefined {
  return /^(\d{1,4})(?:\.\d{1,6})*$/.exec(versionId)?.[1];
}

/** `3.19` of `3.19.1`, `23.12` of `v23.12`; nothing of `3.20_alpha20240315`, which Alpine's edge says. */
function majorAndMinor({ versionId = '' }: OperatingSystem): string | undefined {
  return /^v?(\d{1,4}\.\d{1,4})(?:\.\d{1,6})*$/.exec(versionId)?.[1];
}

/** `2`, `2023`, and of the first Amazon Linux `2018.03`. Minor releases of 2023 have long names: `2023.6.20241010`. */
function majorOrYear({ versionId = '' }: OperatingSystem): string | undefined {
  return /^(201\d\.\d\d|\d{1,4})(?:\.\d{1,8})*$/.exec(versionId)?.[1];
}

/** `15.5`; `15.0` of `15`, which has no service pack yet. */
function servicePack({ versionId = '' }: OperatingSystem): string | undefined {
  const [, number, pack = '0'] = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(versionId) ?? [];
  return number && `${number}.${pack}`;
}

/** Stream has the id and the versions of CentOS Linux, whose last one was 8. */
function isStream({ name = '', versionId = '' }: OperatingSystem): boolean {
  return /\bstream\b/i.test(name) || Number.parseInt(versionId, 10) >= 9;
}
