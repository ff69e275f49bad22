import type { Cataloguer } from '../../cataloguer.ts';

/** A plug-in's files at its top: one of them has the header. */
const plugin = /(?:^|\/)wp-content\/(?:mu-)?plugins\/(?:[^/]+\/)?[^/]+\.php$/;
const theme = /(?:^|\/)wp-content\/themes\/[^/]+\/style\.css$/;

/**
 * WordPress, its plug-ins and its themes, by their headers. purl has no type for them, so they are `generic`, in the namespaces
 * `wordpress-plugin` and `wordpress-theme`.
 */
export const wordpress: Cataloguer = {
  id: 'lang/wordpress',
  version: 1,
  files: [
    { suffix: '.php', test: (path) => plugin.test(path) },
    { name: 'style.css', test: (path) => theme.test(path) },
    { pathSuffix: 'wp-includes/version.php' },
  ],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-wordpress.ts')).readWordpress,
};
