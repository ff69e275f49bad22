import { childOf } from '../../../../base/bytes/xml.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table, textOf } from '../../document/table.ts';
import { parseXmlFile } from '../../document/xml.ts';

const listing = { type: 'vscode-extension', state: 'installed' } as const;
/** What stands where an extension is for every platform. */
const anyPlatform: ReadonlySet<string> = new Set(['undefined', 'universal', 'unknown']);

/** Reads either manifest of an extension that is unpacked. Of editors' folders, other things may have a `package.json` too. */
export function readExtension(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('.json') ? readPackageJson(file, limits) : readVsixManifest(file, limits);
}

function* readPackageJson(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else if (isExtension(parsed.value)) yield* collectListed(file, listing, [ofPackageJson(parsed.value)], limits);
}

/** `PackageManifest`, the manifest of the archive. https://code.visualstudio.com/api/working-with-extensions/publishing-extension */
export function* readVsixManifest(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseXmlFile(file, limits);
  if ('problem' in parsed) return yield parsed.problem;
  const identity = childOf(childOf(parsed.value, 'Metadata'), 'Identity')?.attributes;
  if (identity === undefined) return yield problemOf(file, 'unidentified', 'it does not say which extension it is of');
  const [name, publisher, version] = ['Id', 'Publisher', 'Version'].map((key) => identity.get(key));
  yield* collectListed(file, listing, [toListed(publisher, name, version, identity.get('TargetPlatform'))], limits);
}

function isExtension({ engines }: Table): boolean {
  return isTable(engines) && typeof engines.vscode === 'string';
}

function ofPackageJson({ publisher, name, version, license, __metadata: metadata }: Table): Listed {
  const platform = isTable(metadata) ? textOf(metadata.targetPlatform) : undefined;
  const said = textOf(license);
  return {
    ...toListed(textOf(publisher), textOf(name), version, platform),
    licenses: said === undefined ? [] : [said],
  };
}

function toListed(
  publisher: string | undefined,
  name: string | undefined,
  version: unknown,
  platform: string | undefined,
): Listed {
  const isAny = platform === undefined || anyPlatform.has(platform);
  return {
    kind: 'listed',
    name: publisher && name ? `${publisher}/${name}`.toLowerCase() : undefined,
    version,
    ...(isAny ? {} : { purl: { qualifiers: { platform } } }),
  };
}
