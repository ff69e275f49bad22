import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Packages of Erlang and Elixir: applications that are there, by their `ebin/*.app`, and what Mix and Rebar lock. Applications of
 * Erlang/OTP and of Elixir itself have the type `otp`.
 */
export const elixir: Cataloguer = {
  id: 'lang/elixir',
  version: 1,
  files: [{ suffix: '.app', folder: 'ebin' }, { name: 'mix.lock' }, { name: 'rebar.lock' }],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-elixir.ts')).readElixir,
};
