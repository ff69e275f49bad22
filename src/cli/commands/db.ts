import { buildCommand, buildRouteMap } from '@stricli/core';
import type { ExportFlags, ImportFlags, StatusFlags, UpdateFlags } from './db/run.ts';

const text = (value: string) => value;

const quiet = {
  kind: 'boolean',
  optional: true,
  brief: 'Tell only what failed',
} as const;

const updateCommand = buildCommand<UpdateFlags, string[]>({
  loader: async () => (await import('./db/run.ts')).runUpdate,
  parameters: {
    positional: {
      kind: 'array',
      parameter: { brief: "Ecosystems by OSV's names, or kev, epss, eol", parse: text, placeholder: 'ecosystem' },
    },
    flags: {
      from: {
        kind: 'parsed',
        parse: text,
        optional: true,
        placeholder: 'url|directory',
        brief: "Take all from here instead of from the publishers' addresses",
      },
      acceptShrink: {
        kind: 'boolean',
        optional: true,
        brief: 'Take data with less than half of the records that are here',
      },
      offline: { kind: 'boolean', optional: true, brief: 'Touch no network; needs --from DIRECTORY' },
      quiet,
    },
    aliases: { q: 'quiet' },
  },
  docs: {
    brief: 'Fetch advisory data',
    fullDescription: [
      'Fetches what has changed since the last time: advisories by ecosystem from OSV, known',
      'exploited vulnerabilities (kev) from CISA, exploit predictions (epss) from FIRST, and',
      'ends of support of operating systems (eol) from endoflife.date.',
      'What cannot be fetched stays as it was. Scans do this by themselves for the ecosystems',
      'that they need; this command is for preparing a machine, or one without a network.',
      '',
      'Examples:',
      '  plimsoll db update                      what scans use, and whatever is already here',
      '  plimsoll db update Debian Alpine kev    just these',
      '  plimsoll db update --from /mnt/feeds    all that is in a directory or mirror:',
      '                                            osv/<Ecosystem>/all.zip',
      '                                            kev/known_exploited_vulnerabilities.json',
      '                                            epss/epss_scores-current.csv.gz',
      '                                            eol/api/v1/products/full.json',
      '  plimsoll db update --from https://mirror.example/feeds npm',
      '',
      'PLIMSOLL_FEED_OSV, PLIMSOLL_FEED_KEV, PLIMSOLL_FEED_EPSS and PLIMSOLL_FEED_EOL replace',
      'the addresses of the publishers, for scans as well.',
      'A record that cannot be used is counted, and named by: plimsoll db status --refused',
      'Exit status: 0 when all is up to date, 2 when something could not be fetched.',
    ].join('\n'),
  },
});

const statusCommand = buildCommand<StatusFlags, []>({
  loader: async () => (await import('./db/run.ts')).runStatus,
  parameters: {
    flags: {
      output: { kind: 'enum', values: ['table', 'json'], default: 'table', brief: 'Output: table or json' },
      refused: { kind: 'boolean', optional: true, brief: 'Name every record that is not used, with the reason' },
    },
    aliases: { o: 'output' },
  },
  docs: {
    brief: 'Show what advisory data is here and how old it is',
    fullDescription: [
      'Examples:',
      '  plimsoll db status',
      '  plimsoll db status --refused    with every record that is not used, and why',
      '  plimsoll db status -o json',
    ].join('\n'),
  },
});

const exportCommand = buildCommand<ExportFlags, [file: string]>({
  loader: async () => (await import('./db/run.ts')).runExport,
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'File to write, a tar archive compressed with zstd', parse: text, placeholder: 'file' }],
    },
    flags: { quiet },
    aliases: { q: 'quiet' },
  },
  docs: {
    brief: 'Write all advisory data into one file',
    fullDescription: [
      'For a machine without a network. The same data gives the same bytes.',
      '',
      'Example:',
      '  plimsoll db export advisories.tar.zst    then, there: plimsoll db import advisories.tar.zst',
    ].join('\n'),
  },
});

const importCommand = buildCommand<ImportFlags, [file: string]>({
  loader: async () => (await import('./db/run.ts')).runImport,
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'File that `db export` wrote', parse: text, placeholder: 'file' }],
    },
    flags: { quiet },
    aliases: { q: 'quiet' },
  },
  docs: {
    brief: 'Take over advisory data from one file',
    fullDescription: [
      'What is in the file replaces what is here for the same ecosystem, whichever is newer;',
      'other data stays. A file that is cut off or altered changes nothing.',
      '',
      'Example:',
      '  plimsoll db import advisories.tar.zst && plimsoll scan oci-archive:app.tar --offline',
    ].join('\n'),
  },
});

/** `plimsoll db update|status|export|import`. What they do is loaded only when they run. */
export const dbRoutes = buildRouteMap({
  routes: { update: updateCommand, status: statusCommand, export: exportCommand, import: importCommand },
  docs: {
    brief: 'Fetch, look at, and carry over advisory data',
    fullDescription: [
      'The advisories that scans compare packages with. A scan fetches what it needs itself;',
      'these commands prepare a machine, or one without a network.',
      '',
      'Examples:',
      '  plimsoll db update                      what scans use, and whatever is already here',
      '  plimsoll db status                      what is here, and how old it is',
      '  plimsoll db export advisories.tar.zst       then, there: plimsoll db import advisories.tar.zst',
    ].join('\n'),
  },
});
