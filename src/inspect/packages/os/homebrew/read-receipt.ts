import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table, textOf } from '../../document/table.ts';

/** Taps of Homebrew's own; what others offer under a name is not what Homebrew does. */
const ownTaps: ReadonlySet<string> = new Set(['homebrew/core', 'homebrew/cask']);

/**
 * Reads the receipt of a formula, `Cellar/<name>/<version>/INSTALL_RECEIPT.json`, or of a cask,
 * `Caskroom/<token>/.metadata/INSTALL_RECEIPT.json`. The folders say which formula it is, however damaged the receipt.
 */
export function* readReceipt(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  const item = toListed(file.path, 'problem' in parsed ? {} : parsed.value);
  if ('problem' in parsed)
    yield item.version === undefined
      ? parsed.problem
      : problemOf(file, parsed.problem.code, 'it is no whole receipt; name and version are those of its folders');
  if (item.version !== undefined || !('problem' in parsed))
    yield* collectListed(file, { type: 'brew', state: 'installed' }, [item], limits);
}

function toListed(path: string, receipt: Table): Listed {
  const [name, folder] = path.split('/').slice(-3, -1);
  const source = isTable(receipt.source) ? receipt.source : {};
  const tap = textOf(source.tap);
  const architecture = textOf(receipt.arch);
  return {
    kind: 'listed',
    name,
    version: folder === '.metadata' ? source.version : folder,
    ...(tap && !ownTaps.has(tap) ? { origin: tap } : {}),
    ...(architecture ? { purl: { qualifiers: { arch: architecture } } } : {}),
  };
}
