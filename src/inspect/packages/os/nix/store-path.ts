import type { FoundPackage } from '../../../../base/model/package.ts';
import { isSystemName, isSystemVersion } from '../system-names.ts';

/** Outputs besides the first that nixpkgs gives packages; each has a path of its own. */
const outputs = /-(bin|dev|devdoc|debug|dist|doc|info|lib|man|modules|out|static)$/;

/** Sources and recipes that lie in the store beside what was built of them. */
const noPackage = /\.(?:drv|patch|diff|sh|tar|tgz|tar\.[a-z0-9]{1,5}|zip|gem|crate|whl|nar)$/;

/** Name of a store path: 32 letters of a hash, a hyphen, at most 211 letters. */
const storePath = /^\/nix\/store\/[0-9a-df-np-sv-z]{32}-([\w+.?=-]{1,211})$/;

/**
 * The package of a path in the store: its version begins behind the first hyphen that no letter follows, as Nix's own `parseDrvName`
 * has it. `not a path` for what Nix would not have written; undefined where there is no version, as of what is no package.
 */
export function parseStorePath(path: string): FoundPackage | 'not a path' | undefined {
  const whole = path.length <= 300 ? storePath.exec(path)?.[1] : undefined;
  if (whole === undefined) return 'not a path';
  if (noPackage.test(whole)) return undefined;
  const output = outputs.exec(whole)?.[1];
  const full = output ? whole.slice(0, -output.length - 1) : whole;
  const hyphen = full.search(/-[^A-Za-z]/);
  const [name, version] = [full.slice(0, hyphen), full.slice(hyphen + 1)];
  if (hyphen < 1 || !isSystemName(name) || !isSystemVersion(version)) return undefined;
  const purl = output && output !== 'out' ? { purl: { qualifiers: { output } } } : {};
  return { kind: 'package', type: 'nix', name, version, state: 'installed', ...purl };
}
