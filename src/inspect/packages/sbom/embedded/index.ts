import type { Cataloguer } from '../../cataloguer.ts';
import { isOfWheel } from './wheel-path.ts';

/** Bitnami's own are read by `os/bitnami`. */
const isOther = (path: string) => !(path.startsWith('opt/bitnami/') && path.includes('/.spdx-'));

/**
 * Bills of materials that lie in the image: CycloneDX, SPDX, and Syft's own. What they name is `declared`; what Python's wheels say of
 * the libraries inside them is `installed`. https://cyclonedx.org/specification/overview/#recognized-file-patterns
 */
export const embeddedSbom: Cataloguer = {
  id: 'sbom/embedded',
  version: 2,
  files: [
    { suffix: '.spdx.json' },
    { suffix: '.spdx', test: isOther },
    { suffix: '.cdx.json' },
    { suffix: '.cdx.xml' },
    { suffix: '.cdx' },
    { suffix: '.bom.json' },
    { suffix: '.sbom.json' },
    { suffix: '.syft.json' },
    { name: 'bom.json' },
    { name: 'bom.xml' },
    { name: 'sbom.json' },
    // https://peps.python.org/pep-0770/
    { folder: 'sboms', suffix: '', test: isOfWheel },
  ],
  maxBytes: 32 << 20,
  load: async () => (await import('./read-bill.ts')).readBill,
};
