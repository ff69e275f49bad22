import type { Cataloguer } from '../../cataloguer.ts';

/** What a tree of LuaRocks has in it: `lib/luarocks/rocks-5.4/<name>/<version>/<name>-<version>.rockspec`. */
const installedRockspec = /(?:^|\/)rocks(?:-\d{1,2}\.\d{1,2})?\/[^/]+\/[^/]+\/[^/]+\.rockspec$/;

/**
 * Rocks of Lua: those that are installed, by their rockspecs and by the list of their tree, and those that a lock file names.
 * Rockspecs elsewhere describe what nobody installed.
 */
export const lua: Cataloguer = {
  id: 'lang/lua',
  version: 1,
  files: [
    { suffix: '.rockspec', test: (path) => installedRockspec.test(path) },
    { name: 'manifest', test: (path) => /(?:^|\/)rocks(?:-\d{1,2}\.\d{1,2})?\/manifest$/.test(path) },
    { name: 'luarocks.lock' },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-lua.ts')).readLua,
};
