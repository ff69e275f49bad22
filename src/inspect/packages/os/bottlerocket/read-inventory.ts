import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { type Table, textOf } from '../../document/table.ts';

/** Reads the inventory: `{"Content": [{"Name": "glibc", "Version": "2.38", "Release": "1.br1", "Epoch": "0", ...}]}`. */
export function* readInventory(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else
    yield* collectListed(file, { type: 'bottlerocket', state: 'installed' }, readContent(file, parsed.value), limits);
}

function* readContent(file: OpenFile, { Content: content }: Table): Generator<Listed | Problem> {
  if (!Array.isArray(content)) {
    yield problemOf(file, 'malformed', 'it has no list of packages; they are missing from the result');
    return;
  }
  for (const item of content) yield toListed(item ?? {});
}

/** Its packages are made by rpm, whose versions have a release and an epoch, 0 where there is none. */
function toListed({ Name, Version, Release, Epoch, Publisher, Architecture }: Table): Listed {
  const [version, release, epoch] = [textOf(Version), textOf(Release), textOf(Epoch)];
  const architecture = textOf(Architecture);
  const prefix = epoch === undefined || epoch === '0' ? '' : `${epoch}:`;
  const maintainer = textOf(Publisher);
  return {
    kind: 'listed',
    name: Name,
    version: version && release ? `${prefix}${version}-${release}` : Version,
    ...(maintainer ? { maintainer } : {}),
    ...(architecture ? { purl: { qualifiers: { arch: architecture } } } : {}),
  };
}
