import { readStanzas } from '../../../../base/bytes/deb822.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { readFreeze } from './freeze.ts';
import { readStack } from './stack.ts';

/** Reads one file of GHC, Cabal or Stack, whichever its name says. */
export function readHaskell(file: OpenFile, limits: Limits): Iterable<Found> {
  if (file.path.endsWith('.freeze')) return readFreeze(file, limits);
  return file.path.endsWith('.conf') ? readInstalled(file, limits) : readStack(file, limits);
}

const wanted = new Set(['name', 'version', 'license', 'package-name']);

/**
 * Reads what `ghc-pkg` keeps of an installed package. A part of one that has a name of its own says whose part it is.
 * https://downloads.haskell.org/ghc/latest/docs/users_guide/packages.html#installedpackageinfo-a-package-specification
 */
function* readInstalled(file: OpenFile, limits: Limits): Generator<Found> {
  const [stanza] = readStanzas(decodeText(file), wanted);
  const fields = stanza?.fields;
  const name = fields?.get('package-name') || fields?.get('name');
  if (!name || !fields?.get('version')) {
    yield problemOf(
      file,
      'incomplete',
      `there is no ${name ? 'version' : 'name'} of a package; it is missing from the result`,
    );
    return;
  }
  const license = fields.get('license');
  const item = {
    kind: 'listed',
    name,
    version: fields.get('version'),
    ...(license ? { licenses: [license] } : {}),
  } as const;
  yield* collectListed(file, { type: 'hackage', state: 'installed' }, [item], limits);
}
