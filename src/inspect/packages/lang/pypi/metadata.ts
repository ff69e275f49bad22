import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseHeaders } from './headers.ts';
import { isProjectName, isVersionText } from './names.ts';
import { toProblem } from './problem.ts';

/** Headers end long before: the longest in use hold a licence text and a description of some 100 KB. */
const maxHeaderBytes = 1024 * 1024;
/** A licence of more characters is the text of one, not its name. */
const maxLicenceLength = 100;
const maxLicences = 20;
const wanted = new Set(['name', 'version', 'license', 'license-expression', 'classifier']);

/** Reads METADATA or PKG-INFO. https://packaging.python.org/en/latest/specifications/core-metadata/ */
export function* readMetadata(file: OpenFile): Generator<Found> {
  const text = new TextDecoder().decode(file.bytes.subarray(0, maxHeaderBytes));
  const headers = parseHeaders(text, wanted);
  const name = headers.get('name')?.[0] ?? '';
  const version = headers.get('version')?.[0] ?? '';
  if (name === '' || version === '') {
    const missing = name === '' ? 'Name' : 'Version';
    yield toProblem(file, 'incomplete', `has no ${missing}; the package is missing from the result`);
  } else if (!isProjectName(name) || !isVersionText(version)) {
    const shown = JSON.stringify(`${name} ${version}`.slice(0, 100));
    yield toProblem(
      file,
      'malformed',
      `has no valid name and version but ${shown}; the package is missing from the result`,
    );
  } else {
    const licenses = licencesOf(headers);
    yield {
      kind: 'package',
      type: 'pypi',
      name,
      version,
      state: 'installed',
      ...(licenses.length > 0 ? { licenses } : {}),
    } satisfies FoundPackage;
  }
}

/** The SPDX expression where there is one, else the author's own words, else what the classifiers say. */
function licencesOf(headers: ReadonlyMap<string, readonly string[]>): readonly string[] {
  for (const name of ['license-expression', 'license']) {
    const words = headers.get(name)?.[0] ?? '';
    if (words !== '' && words !== 'UNKNOWN' && words.length <= maxLicenceLength && !words.includes('\n'))
      return [words];
  }
  const classifiers = (headers.get('classifier') ?? []).filter((value) => value.startsWith('License :: '));
  const words = classifiers.map((value) => value.slice(value.lastIndexOf(':: ') + 3).slice(0, maxLicenceLength));
  return [...new Set(words)].filter((word) => word !== 'OSI Approved').slice(0, maxLicences);
}
