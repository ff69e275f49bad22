import type { Cataloguer } from '../../cataloguer.ts';

/** What the Swift package manager resolved, named by the repository, and the pods that CocoaPods locked. */
export const swift: Cataloguer = {
  id: 'lang/swift',
  version: 1,
  files: [{ name: 'Package.resolved' }, { name: '.package.resolved' }, { name: 'Podfile.lock' }],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-swift.ts')).readSwift,
};
