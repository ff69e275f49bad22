import { readStanzas } from '../../../../base/bytes/deb822.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed } from '../../document/listed.ts';
import { decodeText } from '../../document/text.ts';
import { originOf } from './origin.ts';

/** Descriptions of real packages have some KB. */
const maxDescriptionBytes = 1024 * 1024;
const wanted = new Set([
  ...['package', 'version', 'license', 'built', 'repository', 'biocviews'],
  ...['remotetype', 'remoteurl', 'remotehost', 'remoteusername', 'remoterepo', 'remotesha'],
]);

/**
 * Reads the `DESCRIPTION` of an installed package, which `R CMD INSTALL` marks by `Built`. Without that it describes sources, or
 * is another program's file. https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file
 */
export function* readDescription(file: OpenFile, limits: Limits): Generator<Found> {
  const text = decodeText({ ...file, bytes: file.bytes.subarray(0, maxDescriptionBytes) });
  const [stanza] = readStanzas(text, wanted);
  if (!stanza?.fields.get('built')) return;
  const { fields } = stanza;
  const license = fields.get('license');
  const item = {
    kind: 'listed',
    name: fields.get('package'),
    version: fields.get('version'),
    licenses: license ? [license] : undefined,
    origin: originOf((key) => fields.get(key.toLowerCase())),
  } as const;
  yield* collectListed(file, { type: 'cran', state: 'installed' }, [item], limits);
}
