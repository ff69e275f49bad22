import type { Signature } from '../signature.ts';

/** Shells and commands, browsers, and what starts and watches other programs. */
export const tools: readonly Signature[] = [
  {
    name: 'busybox',
    files: ['busybox', 'busybox.static', 'busybox-suid', 'bbsuid'],
    version: [/BusyBox v(1\.\d{1,2}\.\d{1,2})/],
  },
  { name: 'bash', files: ['bash'], version: [/@\(#\)Bash version (\d{1,2}\.\d{1,2}\.\d{1,3})\(/] },
  { name: 'git', files: ['git'], version: [/\0?git\/(2\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\0/] },
  { name: 'wget', files: ['wget'], version: [/\0(1\.[12]\d(?:\.\d{1,2})?)\0/] },
  { name: 'gzip', files: ['gzip'], version: [/\0(1\.\d{1,2})\0/] },
  { name: 'tar', files: ['tar'], version: [/\0(1\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  { name: 'gawk', files: ['gawk'], version: [/GNU Awk (\d{1,2}\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'nano', files: ['nano'], version: [/GNU nano (\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  {
    name: 'coreutils',
    files: ['ls', 'cp', 'cat', 'du', 'install', 'coreutils'],
    version: [/(?:^|[^\w.])([89]\.\d{1,2}(?:\.\d{1,2})?)\0/],
  },
  { name: 'findutils', files: ['find', 'xargs'], version: [/GNU findutils\0(\d\.\d{1,2}\.\d{1,2})\0/] },
  {
    name: 'util-linux',
    files: ['lsblk', 'lscpu', 'mount', 'losetup'],
    version: [/\0util-linux (2\.\d{1,2}(?:\.\d{1,2})?)\0/],
  },
  { name: 'jq', files: ['jq'], version: [/\0(1\.\d(?:\.\d)?)\0/] },
  { name: 'rsync', files: ['rsync'], version: [/\0(3\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'chromium', files: ['chrome', 'chromium'], version: [/\0(\d{2,3}\.0\.\d{4}\.[1-9]\d{0,2})\0/] },
  {
    name: 'firefox',
    files: ['application.ini'],
    version: [/\nName=Firefox\r?\n(?:[^\n]{0,100}\n){0,3}?Version=(\d{1,3}(?:\.\d{1,3}){1,3})/],
  },
  { name: 'tini', files: ['tini', 'tini-static', 'docker-init'], version: [/tini version (0\.\d{1,2}\.\d{1,2})/] },
  {
    name: 'dumb-init',
    files: ['dumb-init'],
    version: [/(?:^|\0)(1\.\d{1,2}\.\d{1,2})\n(?:\0|$)/, /dumb-init v(1\.\d{1,2}\.\d{1,2})/],
  },
  {
    name: 'composer',
    files: ['composer.phar', 'composer', 'Composer/Composer.php'],
    version: [
      /\nclass Composer extends PartialComposer(?:[^\n]{0,200}\n){1,40}?\s{0,8}public const VERSION = '(\d{1,2}\.\d{1,3}\.\d{1,3})'/,
    ],
  },
];
