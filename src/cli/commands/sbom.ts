import { buildCommand } from '@stricli/core';
import { imageFlags, imageParameter } from './image-flags.ts';
import type { SbomFlags } from './run-sbom.ts';

const text = (value: string) => value;

/** `plimsoll sbom REFERENCE`. What it does is loaded only when it runs. */
export const sbomCommand = buildCommand<SbomFlags, [reference: string]>({
  loader: async () => (await import('./run-sbom.ts')).runSbom,
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [imageParameter],
    },
    flags: {
      ...imageFlags,
      output: {
        kind: 'parsed',
        parse: text,
        variadic: true,
        optional: true,
        placeholder: 'format[=file]',
        brief: 'Output, repeatable: cyclonedx, cyclonedx-1.7, spdx, spdx3, syft',
      },
      offline: { kind: 'boolean', optional: true, brief: 'Touch no network; no registry but one on this machine' },
    },
    aliases: { o: 'output', q: 'quiet' },
  },
  docs: {
    brief: 'Write the bill of materials of an image or machine',
    fullDescription: [
      'Reads every layer and lists the packages of the operating system and of language',
      'libraries, as `plimsoll scan` does, but compares them with nothing: it needs and',
      'fetches no advisory data.',
      '',
      'Examples:',
      '  plimsoll sbom oci-archive:app.tar > bom.json           in CycloneDX 1.6',
      '  plimsoll sbom registry:registry.example/app:1.2 -o spdx=app.spdx.json',
      '  plimsoll sbom app.tar -o cyclonedx=bom.json -o spdx3=app.spdx3.json',
      '  plimsoll sbom dir:/ -o syft | grype                    for what reads the JSON of Syft',
      '',
      'Exit status: 0 when all was read, 2 when the work could not be done or a part of the',
      'image was not read.',
    ].join('\n'),
  },
});
