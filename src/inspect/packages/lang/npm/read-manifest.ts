import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { withoutCredentials } from '../../document/origin.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table } from '../../document/table.ts';
import { isPackageName, isVersion } from './descriptor.ts';
import { placeOf } from './places.ts';

const maxLicenses = 16;

/**
 * Reads the `package.json` of something that is in the image, one package at most. Its name is the registry's even where an
 * alias gave its folder another. Of projects, only those with a name and version are packages: users find applications such
 * as ghost, n8n or yarn that way, which have advisories of their own; applications that were never published have neither.
 * https://docs.npmjs.com/cli/configuring-npm/package-json
 */
export function readManifest(file: OpenFile): (FoundPackage | Problem)[] {
  const parsed = parseJson(file);
  if ('problem' in parsed) return [parsed.problem];
  const { name, version, license, licenses, engines } = parsed.value;
  const isInstalled = placeOf(file.path) === 'package';
  // An editor's extension, which `lang/vscode` reads, is not in npm's registry, and another package there may have its name.
  if (!isInstalled && isTable(engines) && typeof engines.vscode === 'string') return [];
  if (!isText(name, isPackageName) || !isText(version, isVersion))
    return isInstalled && (name !== undefined || version !== undefined) ? [incomplete(file, name)] : [];
  const origin = isInstalled ? gitOrigin(parsed.value) : projectOrigin(file.path, parsed.value);
  const said = toLicenses(license ?? licenses);
  return [
    {
      kind: 'package',
      type: 'npm',
      name,
      version: version.trim(),
      state: 'installed',
      ...(said.length > 0 ? { licenses: said } : {}),
      ...(origin === undefined ? {} : { origin }),
    },
  ];
}

function isText(value: unknown, test: (text: string) => boolean): value is string {
  return typeof value === 'string' && test(value.trim());
}

/** A file with neither name nor version is no package, but one of them says that it was meant to be one. */
function incomplete(file: OpenFile, name: unknown): Problem {
  const who =
    typeof name === 'string' && isPackageName(name) ? `${name} has no usable version` : 'there is no usable name';
  return problemOf(file, 'incomplete', `${who}; the package is missing from the result`);
}

/** npm up to 6 wrote where a package came from into its own file. */
function gitOrigin({ _resolved: resolved }: Table): string | undefined {
  return typeof resolved === 'string' && resolved.startsWith('git') ? withoutCredentials(resolved) : undefined;
}

/**
 * `private` forbids to publish it, so a package of the same name in the registry, perhaps malicious, is another. Inside
 * `node_modules` the word is not trusted: it would be too easy a way to hide a package.
 */
function projectOrigin(path: string, manifest: Table): string | undefined {
  return manifest.private === true ? `file:${path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.'}` : undefined;
}

/** A text, `{ type }`, or a list of these. */
function toLicenses(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value.slice(0, maxLicenses) : [value];
  const texts = items.map((item) => (isTable(item) ? item.type : item));
  return texts.filter((text) => typeof text === 'string' && text !== '').map((text) => String(text).slice(0, 200));
}
