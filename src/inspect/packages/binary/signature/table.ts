import { databases } from './rows/databases.ts';
import { languages } from './rows/languages.ts';
import { libraries } from './rows/libraries.ts';
import { media } from './rows/media.ts';
import { networks } from './rows/networks.ts';
import { servers } from './rows/servers.ts';
import { tools } from './rows/tools.ts';
import type { Signature } from './signature.ts';

/** Every signature. One more piece of software is one row in the list of its kind. */
export const signatures: readonly Signature[] = Object.freeze([
  ...languages,
  ...servers,
  ...databases,
  ...networks,
  ...libraries,
  ...media,
  ...tools,
]);
