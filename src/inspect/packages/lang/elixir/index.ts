import type { Cataloguer } from '../../cataloguer.ts';

const isProjectLock = (path: string) => !/(?:^|\/)(?:deps|_build\/[^/]+\/lib)\/[^/]+\/[^/]+$/.test(path);

/**
 * Packages of Erlang and Elixir: applications that are there, by their `ebin/*.app`, and what Mix and Rebar lock. Applications of
 * Erlang/OTP and of Elixir itself have the type `otp`. Dependencies
 * that were fetched bring lock files of their own development, which say nothing of the image.
 */
export const elixir: Cataloguer = {
  id: 'lang/elixir',
  version: 1,
  files: [
    { suffix: '.app', folder: 'ebin' },
    { name: 'mix.lock', test: isProjectLock },
    { name: 'rebar.lock', test: isProjectLock },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-elixir.ts')).readElixir,
};
