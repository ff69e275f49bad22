import { buildCommand } from '@stricli/core';
import { imageFlags, imageParameter } from './image-flags.ts';
import type { ScanFlags } from './run-scan.ts';

const text = (value: string) => value;

/** `plimsoll scan REFERENCE`. What it does is loaded only when it runs. */
export const scanCommand = buildCommand<ScanFlags, [reference: string]>({
  loader: async () => (await import('./run-scan.ts')).runScan,
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
        brief: 'Output, repeatable: table, json, cyclonedx, cyclonedx-1.7, spdx, spdx3, syft',
      },
      failOn: {
        kind: 'parsed',
        parse: text,
        optional: true,
        placeholder: 'severity',
        brief: 'Exit 1 at this severity or above: critical, high, medium, low, negligible, unknown',
      },
      onlyFixed: { kind: 'boolean', optional: true, brief: 'Judge only what a fixed version exists for' },
      offline: {
        kind: 'boolean',
        optional: true,
        brief: 'Touch no network: fetch no advisory data, ask no registry but on this machine',
      },
      requireData: {
        kind: 'boolean',
        optional: true,
        brief: 'Exit 2 where packages have no advisory data to compare with, or none are found',
      },
      timings: { kind: 'boolean', optional: true, brief: 'Tell on stderr how long each stage took' },
    },
    aliases: { o: 'output', q: 'quiet' },
  },
  docs: {
    brief: 'Find the known vulnerabilities of an image or machine',
    fullDescription: [
      'Reads every layer, lists the packages of the operating system and of language',
      'libraries, and compares them with advisory data. Data that is missing or older than a',
      'day is fetched first, for just the ecosystems that the image needs.',
      '',
      'Examples:',
      '  plimsoll scan dir:/                           this machine itself',
      '  plimsoll scan docker:app:1.2                  an image that Docker here has',
      '  plimsoll scan registry:registry.example/app:1.2 --fail-on high --only-fixed',
      '  plimsoll scan oci-dir:build/image:1.2 -o table -o json=report.json',
      '  plimsoll scan app.tar -o cyclonedx=bom.json',
      '  plimsoll scan oci-archive:app.tar --offline   with the data that is already here',
      '',
      'Without a scheme, an existing path is recognised by what it holds; anything else is an',
      'image of Docker, Podman or containerd here, if one has it, or else in a registry.',
      'Exit status: 0 above the line, or no line was drawn; 1 below it (--fail-on); 2 when the',
      'work could not be done or a part of the image was not read.',
    ].join('\n'),
  },
});
