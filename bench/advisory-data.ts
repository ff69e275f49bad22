import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeGeneratedFeed } from './generated-feed.ts';
import { type Command, runToEnd } from './measure.ts';

/** Advisory data in a data directory of its own. */
export interface AdvisoryData {
  /** For `PLIMSOLL_HOME`. */
  readonly home: string;
  /** The directory it was filled from. */
  readonly feeds: string;
  /** The same in words. */
  readonly source: string;
}

/** Fills `home` anew by `plimsoll db update --from`, with what the measured images need. */
export function prepareAdvisoryData(plimsoll: Command['argv'], work: string, root: string): AdvisoryData {
  const home = join(work, 'home');
  const { directory, source, wanted } = findFeeds(work, root);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const argv: Command['argv'] = [...plimsoll, 'db', 'update', '--from', directory, ...wanted];
  runToEnd({ argv, env: { PLIMSOLL_HOME: home } });
  return { home, feeds: directory, source };
}

interface Feeds {
  readonly directory: string;
  readonly source: string;
  /** Ecosystems to take; none: all that is there. */
  readonly wanted: readonly string[];
}

function findFeeds(work: string, root: string): Feeds {
  const wanted = ['Debian', 'npm', 'PyPI', 'kev', 'epss', 'eol'];
  const beside = join(root, '..', 'shared', 'feeds');
  if (existsSync(beside)) return { directory: beside, source: 'the real feeds beside the checkout', wanted };
  const named = process.env.PLIMSOLL_FEEDS;
  if (named && existsSync(named)) return { directory: named, source: 'the real feeds in $PLIMSOLL_FEEDS', wanted };
  const directory = writeGeneratedFeed(join(work, 'feeds'));
  return { directory, source: 'a small GENERATED feed: set PLIMSOLL_FEEDS for a real one', wanted: [] };
}
