import { readStanzas } from '../../../../base/bytes/deb822.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { problemUnlessOwned } from '../../document/problem.ts';
import { parseSourceField } from '../dpkg/source-field.ts';
import { isSystemName, isSystemVersion } from '../system-names.ts';
import { readControl } from './control.ts';

const wanted = new Set(['package', 'version', 'architecture', 'source', 'maintainer']);

/** Reads which package a file is. What its control data does not say, its name may, but for the source that advisories are about. */
export function* readDeb(file: LargeFile): Generator<Found> {
  const control = readControl(file.content);
  const found = typeof control === 'string' ? toPackage(control) : undefined;
  if (found !== undefined) {
    yield found;
    return;
  }
  const named = byName(file.path);
  const message = typeof control === 'string' ? 'its control file has no usable name and version' : control.message;
  const loss = named ? 'its name was read instead, its source package is not known' : 'it is missing from the result';
  yield problemUnlessOwned(file, typeof control === 'string' ? 'incomplete' : control.code, `${message}; ${loss}`);
  if (named !== undefined) yield named;
}

function toPackage(control: string): FoundPackage | undefined {
  const [stanza] = readStanzas(control, wanted);
  const [name, version, architecture, source, maintainer] = [
    'package',
    'version',
    'architecture',
    'source',
    'maintainer',
  ].map((field) => stanza?.fields.get(field) || undefined);
  if (!isSystemName(name) || !isSystemVersion(version)) return undefined;
  return {
    kind: 'package',
    type: 'deb',
    name,
    version,
    state: 'declared',
    source: parseSourceField(source, name, version),
    ...(architecture ? { architecture } : {}),
    ...(maintainer ? { maintainer } : {}),
  };
}

/** `libssl3_3.0.15-1~deb12u1_amd64.deb`; apt writes the colon of an epoch as `%3a`. */
function byName(path: string): FoundPackage | undefined {
  const [, name, written, architecture] =
    /^([a-z0-9][a-z0-9+.-]{1,200})_([^_/]{1,200})_([a-z0-9-]{1,40})\.u?deb$/.exec(
      path.slice(path.lastIndexOf('/') + 1),
    ) ?? [];
  const version = written?.replace(/%3a/i, ':');
  if (!isSystemName(name) || !isSystemVersion(version) || architecture === undefined) return undefined;
  return { kind: 'package', type: 'deb', name, version, state: 'declared', architecture };
}
