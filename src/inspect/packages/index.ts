import type { Cataloguer } from './cataloguer.ts';
import { dotnet } from './lang/dotnet/index.ts';
import { npm } from './lang/npm/index.ts';
import { php } from './lang/php/index.ts';
import { pypi } from './lang/pypi/index.ts';
import { ruby } from './lang/ruby/index.ts';
import { rust } from './lang/rust/index.ts';
import { apk } from './os/apk/index.ts';
import { dpkg } from './os/dpkg/index.ts';
import { release } from './os/release/index.ts';

/** Every cataloguer. One more ecosystem is one more line. */
export const cataloguers: readonly Cataloguer[] = Object.freeze([
  release,
  dpkg,
  apk,
  npm,
  pypi,
  ruby,
  rust,
  php,
  dotnet,
]);
