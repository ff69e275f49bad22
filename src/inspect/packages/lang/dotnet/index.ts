import type { Cataloguer } from '../../cataloguer.ts';

/**
 * NuGet's packages: those whose files stand beside an application, by its `*.deps.json`, and those that lock and project files
 * name. Versions in project files are the lowest that are wanted, which is what NuGet takes unless others ask for more.
 */
export const dotnet: Cataloguer = {
  id: 'lang/dotnet',
  version: 2,
  files: [
    { suffix: '.deps.json' },
    { name: 'packages.lock.json' },
    { name: 'project.assets.json' },
    { name: 'packages.config' },
    { name: 'paket.lock' },
    { suffix: 'Packages.props' },
    { suffix: '.csproj' },
    { suffix: '.fsproj' },
    { suffix: '.vbproj' },
  ],
  maxBytes: 16 << 20,
  load: async () => (await import('./read-dotnet.ts')).readDotnet,
};
