import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { type Table, textOf } from '../../document/table.ts';

/**
 * Reads the list of packages. Those that were only used to build the system are not in it and are left out.
 * https://cos.googlesource.com/cos/tools/+/refs/heads/master/src/pkg/cos/package_info.go
 */
export function* readPackageInfo(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'cos', state: 'installed' }, readInstalled(file, parsed.value), limits);
}

function* readInstalled(file: OpenFile, { installedPackages }: Table): Generator<Listed | Problem> {
  if (!Array.isArray(installedPackages)) {
    yield problemOf(file, 'malformed', 'it has no list of installed packages; they are missing from the result');
    return;
  }
  for (const item of installedPackages) {
    const { category, name, version, ebuild_version: ebuildVersion }: Table = item ?? {};
    const group = textOf(category);
    // The version of Gentoo's package, which has its revision, before the bare one.
    yield {
      kind: 'listed',
      name,
      version: textOf(ebuildVersion) ?? version,
      ...(group ? { purl: { qualifiers: { category: group } } } : {}),
    };
  }
}
