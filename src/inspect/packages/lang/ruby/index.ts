import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Ruby's gems: those that are installed, with Ruby's own default gems, by the specification that RubyGems writes for each, and
 * those that Bundler's lock file names. Not read: gems that Bundler fetched from git, whose specifications are programs; the lock
 * file names them.
 */
export const ruby: Cataloguer = {
  id: 'lang/ruby',
  version: 1,
  files: [
    { suffix: '.gemspec', test: (path) => /(?:^|\/)specifications\//.test(path) },
    { name: 'Gemfile.lock' },
    { name: 'Gemfile.next.lock' },
    { name: 'gems.locked' },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-ruby.ts')).readRuby,
};
