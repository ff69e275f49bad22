import type { Signature } from '../signature.ts';

/** Shells and commands, browsers, and what starts and watches other programs. */
export const tools: readonly Signature[] = [
  {
    name: 'busybox',
    files: ['busybox', 'busybox.static', 'busybox-suid', 'bbsuid'],
    version: () => [/BusyBox v(1\.\d{1,2}\.\d{1,2})/],
  },
  { name: 'bash', files: ['bash'], version: () => [/@\(#\)Bash version (\d{1,2}\.\d{1,2}\.\d{1,3})\(/] },
  { name: 'git', files: ['git'], version: () => [/\0?git\/(2\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\0/] },
  { name: 'wget', files: ['wget'], version: () => [/\0(1\.[12]\d(?:\.\d{1,2})?)\0/] },
  { name: 'gzip', files: ['gzip'], version: () => [/\0(1\.\d{1,2})\0/] },
  { name: 'tar', files: ['tar'], version: () => [/\0(1\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  { name: 'gawk', files: ['gawk'], version: () => [/GNU Awk (\d{1,2}\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'nano', files: ['nano'], version: () => [/GNU nano (\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  {
    name: 'coreutils',
    files: ['ls', 'cp', 'cat', 'du', 'install', 'coreutils'],
    version: () => [/(?:^|[^\w.])([89]\.\d{1,2}(?:\.\d{1,2})?)\0/],
  },
  { name: 'findutils', files: ['find', 'xargs'], version: () => [/GNU findutils\0(\d\.\d{1,2}\.\d{1,2})\0/] },
  {
    name: 'util-linux',
    files: ['lsblk', 'lscpu', 'mount', 'losetup'],
    version: () => [/\0util-linux (2\.\d{1,2}(?:\.\d{1,2})?)\0/],
  },
  { name: 'jq', files: ['jq'], version: () => [/\0(1\.\d(?:\.\d)?)\0/] },
  { name: 'rsync', files: ['rsync'], version: () => [/\0(3\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'chromium', files: ['chrome', 'chromium'], version: () => [/\0(\d{2,3}\.0\.\d{4}\.[1-9]\d{0,2})\0/] },
  {
    name: 'firefox',
    files: ['application.ini'],
    version: () => [/\nName=Firefox\r?\n(?:[^\n]{0,100}\n){0,3}?Version=(\d{1,3}(?:\.\d{1,3}){1,3})/],
  },
  {
    name: 'tini',
    files: ['tini', 'tini-static', 'docker-init'],
    version: () => [/tini version (0\.\d{1,2}\.\d{1,2})/],
  },
  {
    name: 'dumb-init',
    files: ['dumb-init'],
    version: () => [/(?:^|\0)(1\.\d{1,2}\.\d{1,2})\n(?:\0|$)/, /dumb-init v(1\.\d{1,2}\.\d{1,2})/],
  },
  {
    name: 'composer',
    files: ['composer.phar', 'composer', 'Composer/Composer.php'],
    version: () => [
      /\nclass Composer extends PartialComposer(?:[^\n]{0,200}\n){1,40}?\s{0,8}public const VERSION = '(\d{1,2}\.\d{1,3}\.\d{1,3})'/,
    ],
  },
  { name: 'wp-cli', files: ['wp', 'wp-cli.phar'], version: () => [/\nwp-cli\/wp-cli (\d\.\d{1,2}\.\d{1,2}) /] },
  { name: 'sudo', files: ['sudo'], version: () => [/Sudo version %s\n\0(1\.\d{1,2}\.\d{1,2}(?:p\d{1,2})?)\0/] },
  { name: 'sudo', files: ['sudoers.so'], version: () => [/\0sudoers (1\.\d{1,2}\.\d{1,2}(?:p\d{1,2})?)\0/] },
  {
    name: 'systemd',
    files: ['systemd/systemd', 'systemd/libsystemd-shared-*.so'],
    version: () => [/systemd \d{3} \((\d{3}(?:\.\d{1,3})?)[-)~]/],
  },
  { name: 'zsh', files: ['zsh', 'zsh5', 'zsh-*'], version: () => [/\0(5\.\d{1,2}(?:\.\d{1,2})?)\0zsh %s \(/] },
  { name: 'tmux', files: ['tmux'], version: () => [/duplicate path: %s\0(\d\.\d[a-z]?)\0/] },
  {
    name: 'gnupg',
    files: ['gpg', 'gpg2', 'gpgv'],
    version: () => [/\((?:@GNUPG@|GnuPG)\)\0(\d\.\d{1,2}\.\d{1,2})\0GNU\/Linux\0/],
  },
  {
    name: '7-zip',
    files: ['7z', '7za', '7zr', '7zz', '7zzs'],
    version: () => [/\n7-Zip (?:\([a-z]\) )?(?:\[\d\d\] )?(\d{2}\.\d{2}) /],
  },
  { name: 'patch', files: ['patch'], version: () => [/\0(2\.\d(?:\.\d)?)\0GNU patch\0/] },
  { name: 'grep', files: ['grep'], version: () => [/\0(3\.\d{1,2})\0GNU grep\0/] },
  { name: 'subversion', files: ['libsvn_ra_svn-1.so*'], version: () => [/\0SVN\/(1\.\d{1,2}\.\d{1,2}) \(/] },
  { name: 'lftp', files: ['lftp'], version: () => [/\0lftp\/(4\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'wget2', files: ['wget2'], version: () => [/\0Wget\/(\d\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'mutt', files: ['mutt'], version: () => [/\0muttrc-(\d\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'conmon', files: ['conmon'], version: () => [/\0conmon version (\d\.\d{1,2}\.\d{1,2})\n/] },
  { name: 'crun', files: ['crun'], version: () => [/please specify a command\0(1\.\d{1,2}(?:\.\d{1,2}){0,2})\0/] },
  { name: 'bubblewrap', files: ['bwrap'], version: () => [/\0bubblewrap (0\.\d{1,2}\.\d{1,2})\0/] },
];
