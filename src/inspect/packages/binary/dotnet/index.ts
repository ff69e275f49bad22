import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Assemblies of .NET by what their version resource says, where no `*.deps.json` beside them names them (`lang/dotnet` reads that, and it
 * is right about the package that each came from). Programs that are not managed code are not listed: what they call themselves is no
 * name that advisories use.
 */
export const dotnetAssembly: Cataloguer = {
  id: 'binary/dotnet',
  version: 2,
  files: [],
  programs: true,
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-assembly.ts')).readAssembly,
};
