import { eol } from './eol/index.ts';
import { epss } from './epss/index.ts';
import type { Feed } from './feed.ts';
import { kev } from './kev/index.ts';
import { osv } from './osv/index.ts';

/** Every feed. */
export const feeds: readonly Feed[] = [osv, kev, epss, eol];
