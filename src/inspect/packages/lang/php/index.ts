import type { Cataloguer } from '../../cataloguer.ts';

/**
 * PHP's packages: what Composer installed (`installed.json` of Composer 1 and 2) or its lock file names, and what PEAR and PECL
 * installed. The lock file inside an installed package is that of its own development, which says nothing of the image.
 */
export const php: Cataloguer = {
  id: 'lang/php',
  version: 1,
  files: [
    { pathSuffix: 'composer/installed.json' },
    { name: 'composer.lock', test: (path) => !/(?:^|\/)vendor\/[^/]+\/[^/]+\/composer\.lock$/.test(path) },
    { suffix: '.reg', test: (path) => /(?:^|\/)\.registry\//.test(path) },
  ],
  maxBytes: 16 << 20,
  load: async () => (await import('./read-php.ts')).readPhp,
};
