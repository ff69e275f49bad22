import type { Found, LargeFile } from '../../cataloguer.ts';
import { problemUnlessOwned } from '../../document/problem.ts';
import { isSystemName } from '../../os/system-names.ts';
import { findVersionResource } from './version-resource.ts';
import { readVersionStrings } from './version-strings.ts';

/** Products that come as a whole, under versions that no package of NuGet has. */
const frameworks = /^(?:Mono Common Language Infrastructure|Microsoft® \.NET Framework)$/;

/** Reads which package an assembly is of: NuGet's are mostly named and versioned as the assembly in them. */
export function* readAssembly({ path, content }: LargeFile): Generator<Found> {
  const resource = findVersionResource(content);
  if (resource === undefined) return;
  const strings = readVersionStrings(resource);
  const name = nameOf(path, strings);
  if (!isPackaged(name, strings)) return;
  const version = versionOf(strings);
  if (version !== undefined && isSystemName(name)) {
    yield { kind: 'package', type: 'nuget', name, version, state: 'installed' };
    return;
  }
  const shown = name.slice(0, 100);
  yield problemUnlessOwned(
    { path },
    'unidentified',
    `its resource does not tell which version of ${shown} it is, as NuGet has it`,
  );
}

/** The name that it was built under, unless that is only another spelling of the file's. */
function nameOf(path: string, strings: ReadonlyMap<string, string>): string {
  const fileName = withoutEnding(path.slice(path.lastIndexOf('/') + 1));
  const built = withoutEnding(strings.get('OriginalFilename') ?? strings.get('InternalName') ?? '');
  return built === '' || built.toLowerCase() === fileName.toLowerCase() ? fileName : built;
}

function withoutEnding(fileName: string): string {
  return fileName.trim().replace(/\.(?:dll|exe)$/i, '');
}

/**
 * Not texts in a language, redirections of old versions, frameworks, and projects of which nothing was set: then the SDK of .NET takes the
 * name for company and product, and 1.0.0. https://learn.microsoft.com/dotnet/core/project-sdk/msbuild-props#assembly-attribute-properties
 */
function isPackaged(name: string, strings: ReadonlyMap<string, string>): boolean {
  if (name === '' || /\.resources$/i.test(name) || /^policy\.\d/i.test(name)) return false;
  const [company, product] = [strings.get('CompanyName'), strings.get('ProductName')];
  if (frameworks.test(product ?? '')) return false;
  const isUnset =
    company === name && product === name && /^1\.0\.0\b(?!\.[1-9])/.test(strings.get('ProductVersion') ?? '');
  return !isUnset;
}

/**
 * The informational version without the commit behind it, else that of the file. Libraries of .NET Core 1 to 2 have the version of
 * the build there (`4.6.26515.06 @BuiltBy: ...`), which is not the package's; neither is 0.0.0.0.
 */
function versionOf(strings: ReadonlyMap<string, string>): string | undefined {
  const product = strings.get('ProductVersion')?.trim() ?? '';
  if (product.includes('@BuiltBy')) return undefined;
  const candidates = [product.split('+', 1)[0]!, strings.get('FileVersion')?.trim() ?? ''];
  return candidates.find(
    (text) => /^\d{1,9}(?:\.\d{1,9}){1,3}(?:-[\w.-]{1,100})?$/.test(text) && !/^[0.]+$/.test(text),
  );
}
