import { groupOfBundle, isGroup } from './bundle-group.ts';
import type { Manifest } from './manifest.ts';

/** These vendors' projects have groups of their own below it. */
const umbrellas: ReadonlySet<string> = new Set([
  'com.google',
  'com.ibm',
  'com.oracle',
  'com.sun',
  'org.apache',
  'org.apache.commons',
  'org.eclipse',
  'org.glassfish',
  'org.jboss',
]);

/** Projects of Apache Commons that are older than the group org.apache.commons; later major versions are in that, with a digit in their name. */
const oldCommons: ReadonlySet<string> = new Set(
  (
    'beanutils chain cli codec collections configuration daemon dbcp dbutils digester discovery el fileupload httpclient io ' +
    'jxpath lang logging net pool validator'
  )
    .split(' ')
    .map((name) => `commons-${name}`),
);

/**
 * The group of an artifact, as far as its manifest tells: Maven writes it as the vendor's id, though other builds write what they want
 * there; the plug-in for bundles makes the symbolic name of it. Undefined where that is not certain enough.
 */
export function groupOf(artifact: string, manifest: Manifest): string | undefined {
  const vendor = manifest.get('implementation-vendor-id');
  const bundle = manifest.get('bundle-symbolicname')?.split(';', 1)[0]?.trim() ?? '';
  const isOfApache =
    bundle.startsWith('org.apache.commons.') || vendor?.startsWith('org.apache') || vendor === artifact;
  if (isOfApache && oldCommons.has(artifact)) return artifact;
  if (isGroup(vendor) && !umbrellas.has(vendor)) return vendor;
  return groupOfBundle(bundle, artifact);
}
