import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Extensions of Visual Studio Code and of the editors that take the same, unpacked: those that come with an editor too. Named
 * `publisher/name`, in lower case, since their identifiers have no case. https://code.visualstudio.com/api/references/extension-manifest
 */
export const vscode: Cataloguer = {
  id: 'lang/vscode',
  version: 1,
  files: [
    { name: 'package.json', test: (path) => /(?:^|\/)extensions\/[^/]+\/package\.json$/.test(path) },
    { name: 'extension.vsixmanifest' },
  ],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-extension.ts')).readExtension,
};
