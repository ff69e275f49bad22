import type { Cataloguer } from '../../cataloguer.ts';
import { isProjectFile } from './project-file.ts';
import { isRequirements } from './requirements-path.ts';

/**
 * Python's installed packages in every form that was ever left on a disk
 * (https://packaging.python.org/en/latest/specifications/recording-installed-packages/, and setuptools' eggs before it), and
 * what requirements, lock files and projects declare. Read file by file, so `direct_url.json` beside a METADATA is not joined to it.
 */
export const pypi: Cataloguer = {
  id: 'lang/pypi',
  version: 4,
  files: [
    { name: 'METADATA', test: (path) => /dist-info\/METADATA$/i.test(path) },
    { name: 'PKG-INFO', test: (path) => /egg-info\/PKG-INFO$/i.test(path) },
    { suffix: '.egg-info' },
    { suffix: '.egg' },
    { suffix: '.txt', test: isRequirements },
    { name: 'poetry.lock' },
    { name: 'Pipfile.lock' },
    { name: 'uv.lock' },
    { suffix: '.py.lock' },
    { name: 'pdm.lock' },
    { name: 'pylock.toml' },
    { name: 'pyproject.toml', test: isProjectFile },
    { name: 'setup.cfg', test: isProjectFile },
    { name: 'setup.py', test: isProjectFile },
    { suffix: '.toml', test: (path) => /(?:^|\/)pylock\.[^./]{1,200}\.toml$/.test(path) },
  ],
  // Zipped eggs hold a package whole; the metadata and lock files themselves are far smaller.
  maxBytes: 32 << 20,
  load: async () => (await import('./read-pypi.ts')).readPypi,
};
