import type { Cataloguer } from '../../cataloguer.ts';

/** A gem that was unpacked may bring the lock file of its own development, which says nothing of the image. */
const insideGem = /(?:^|\/)gems\/[^/]+-\d[^/]*\//;
const isProjectLock = (path: string) => !insideGem.test(path);

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
    { name: 'Gemfile.lock', test: isProjectLock },
    { name: 'Gemfile.next.lock', test: isProjectLock },
    { name: 'gems.locked', test: isProjectLock },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-ruby.ts')).readRuby,
};
