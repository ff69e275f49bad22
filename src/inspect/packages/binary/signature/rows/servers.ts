import type { Signature } from '../signature.ts';

/** What listens: web servers and proxies, mail, files, logins, logs. */
export const servers: readonly Signature[] = [
  { name: 'nginx', files: ['nginx'], version: () => [/nginx version: nginx\/(\d{1,2}\.\d{1,3}\.\d{1,3})/] },
  {
    name: 'openresty',
    files: ['nginx', 'openresty'],
    version: () => [/nginx version: openresty\/(\d{1,2}(?:\.\d{1,3}){3})/],
  },
  { name: 'httpd', files: ['httpd', 'apache2'], version: () => [/\0Apache\/(2\.\d{1,2}\.\d{1,3})[ \0]/] },
  { name: 'lighttpd', files: ['lighttpd'], version: () => [/\0lighttpd\/(1\.\d{1,2}\.\d{1,3})/] },
  {
    name: 'haproxy',
    files: ['haproxy'],
    version: () => [
      / version (\d{1,2}\.\d{1,3}(?:\.\d{1,3}|-dev\d{1,2}))[^\s,\0]{0,60}, released/,
      /HA-Proxy version (1\.\d\.\d{1,3}) 20/,
      /\0(\d\.\d{1,2}(?:\.\d{1,3}|-dev\d{1,2}))(?:-[^\s\0]{1,60})?\0{1,40}HAProxy version follows/,
    ],
  },
  {
    name: 'envoy',
    files: ['envoy'],
    // The version stands alone, and those of its libraries may too; it counts where a text of Envoy is next to it.
    version: () => [
      /\0(1\.[1-9]\d\.\d{1,2})\0envoy[/._]/,
      /\0(1\.[1-9]\d\.\d{1,2})\0source\/common\//,
      /\0(1\.[1-9]\d\.\d{1,2})\0external\/com_github_/,
      /ValidationError\0(1\.[1-9]\d\.\d{1,2})\0/,
      /\0envoy[\w./]{1,80}\0(1\.[1-9]\d\.\d{1,2})\0/,
    ],
  },
  { name: 'squid', files: ['squid'], version: () => [/\0squid\/(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)\0/] },
  {
    name: 'varnish',
    files: ['varnishd', 'libvarnishapi.so*'],
    version: () => [/[Vv]arnish-(\d{1,2}\.\d{1,3}\.\d{1,3}) revision/],
  },
  { name: 'proftpd', files: ['proftpd'], version: () => [/ProFTPD Version (1\.\d{1,2}\.\d{1,2}[a-z]?(?:rc\d)?)\0/] },
  { name: 'vsftpd', files: ['vsftpd'], version: () => [/vsftpd: version (\d{1,2}\.\d{1,2}\.\d{1,2})/] },
  {
    name: 'openssh',
    files: ['sshd', 'sshd-session', 'sshd-auth', 'ssh', 'ssh-keysign', 'ssh-keyscan', 'ssh-add', 'ssh-agent'],
    version: () => [/OpenSSH_(\d{1,2}\.\d{1,2}p\d{1,2})/],
  },
  { name: 'openldap', files: ['slapd'], version: () => [/\$OpenLDAP: slapd (2\.\d{1,2}\.\d{1,3})/] },
  { name: 'krb5', files: ['libkrb5.so*'], version: () => [/KRB5_BRAND: krb5-(1\.\d{1,2}(?:\.\d{1,2})?)-/] },
  {
    name: 'fluent-bit',
    files: ['fluent-bit'],
    version: () => [/\0(\d{1,2}\.\d{1,2}\.\d{1,3})\0{1,8}(?:\x1b\[1m\0)?(?:%s)?Fluent Bit v%s/],
  },
  { name: 'supervisor', files: ['supervisor/version.txt'], version: () => [/^(\d{1,2}\.\d{1,2}\.\d{1,2})\s{0,2}$/] },
  {
    name: 'exim',
    files: ['exim', 'exim4'],
    version: () => [/\0(4\.\d{2,3}(?:\.\d{1,3}){0,2}(?:_RC\d)?)\0<<eximversion>>/],
  },
  {
    name: 'postfix',
    files: ['postfix', 'postconf', 'postdrop', 'postqueue', 'smtpd'],
    version: () => [/\0mail_version=(\d{1,2}\.\d{1,2}\.\d{1,3})\0/],
  },
  {
    name: 'opensmtpd',
    files: ['smtpd', 'smtpctl'],
    version: () => [/OpenSMTPD (\d\.\d{1,2}\.\d{1,2}(?:p\d)?)(?:-portable)?\0/],
  },
  {
    name: 'dovecot',
    files: ['dovecot', 'libdovecot.so*'],
    version: () => [/\0Dovecot v(2(?:\.\d{1,3}){2,3})[- ]/, /, %s is v(2(?:\.\d{1,3}){2,3})[- ]/],
  },
  {
    name: 'samba',
    files: ['smbd', 'nmbd', 'winbindd', 'samba', 'smbclient', 'libsmbclient.so*'],
    version: () => [/\0SAMBA_(4\.\d{1,2}\.\d{1,2})[\0_]/],
  },
  {
    name: 'dropbear',
    files: ['dropbear', 'dbclient', 'dropbearmulti'],
    version: () => [/SSH-2\.0-dropbear_(20\d\d\.\d{1,3})/],
  },
  {
    name: 'freeradius',
    files: ['freeradius', 'radiusd'],
    version: () => [/FreeRADIUS Version (\d\.\d{1,2}\.\d{1,3}),/],
  },
  { name: 'heimdal', files: ['libkrb5.so*'], version: () => [/\$Version: Heimdal (\d{1,2}\.\d{1,2}(?:\.\d{1,2})?) /] },
  {
    name: 'stunnel',
    files: ['stunnel', 'stunnel4'],
    version: () => [/\0stunnel (\d\.\d{1,3}) on /],
  },
  { name: 'hitch', files: ['hitch'], version: () => [/\0hitch (1\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'privoxy', files: ['privoxy'], version: () => [/Privoxy version (\d\.\d{1,2}\.\d{1,2})/] },
  { name: 'mosquitto', files: ['mosquitto'], version: () => [/\0(\d\.\d{1,2}\.\d{1,2})\0mosquitto version/] },
  { name: 'rabbitmq', files: ['ebin/rabbit.app'], version: () => [/\{vsn,\s{0,4}"(\d{1,2}\.\d{1,2}\.\d{1,3})"\}/] },
  { name: 'coturn', files: ['turnserver'], version: () => [/\0Coturn-(\d\.\d{1,2}(?:\.\d{1,2}){0,2}) '/] },
  { name: 'rsyslog', files: ['rsyslogd'], version: () => [/\0rsyslogd (8\.\d{4}\.\d{1,2}) /] },
  { name: 'syslog-ng', files: ['syslog-ng'], version: () => [/syslog-ng \d{1,2} \((\d{1,2}\.\d{1,3}\.\d{1,2})\)/] },
  { name: 'cups', files: ['cupsd', 'libcups.so*'], version: () => [/\0CUPS\/(2\.\d{1,2}\.\d{1,3})[ \0]/] },
  {
    name: 'clamav',
    files: ['clamd', 'clamscan', 'freshclam', 'libfreshclam.so*'],
    version: () => [/(?:^|[^\d.])(\d\.\d{1,3}\.\d{1,2})\0\/[\w/.-]{1,80}\/freshclam\.conf\0/],
  },
  { name: 'monit', files: ['monit'], version: () => [/>monit (5\.\d{1,3}\.\d{1,2})<\/a>/] },
];
