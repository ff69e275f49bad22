import { go } from './binary/go/index.ts';
import type { Cataloguer } from './cataloguer.ts';
import { npm } from './lang/npm/index.ts';
import { pypi } from './lang/pypi/index.ts';
import { apk } from './os/apk/index.ts';
import { dpkg } from './os/dpkg/index.ts';
import { release } from './os/release/index.ts';
import { rpm } from './os/rpm/index.ts';
import { rpmManifest } from './os/rpm-manifest/index.ts';

/** Every cataloguer. One more ecosystem is one more line. */
export const cataloguers: readonly Cataloguer[] = Object.freeze([release, dpkg, apk, rpm, rpmManifest, npm, pypi, go]);
