import type { Signature } from '../signature.ts';

/** What listens: web servers and proxies, databases, name servers, logins. */
export const servers: readonly Signature[] = [
  { name: 'nginx', files: ['nginx'], version: [/nginx version: nginx\/(\d{1,2}\.\d{1,3}\.\d{1,3})/] },
  { name: 'httpd', files: ['httpd', 'apache2'], version: [/\0Apache\/(2\.\d{1,2}\.\d{1,3})[ \0]/] },
  { name: 'lighttpd', files: ['lighttpd'], version: [/\0lighttpd\/(1\.\d{1,2}\.\d{1,3})/] },
  {
    name: 'haproxy',
    files: ['haproxy'],
    version: [/ version (\d{1,2}\.\d{1,3}(?:\.\d{1,3}|-dev\d{1,2}))[^\s,\0]{0,60}, released/],
  },
  { name: 'envoy', files: ['envoy'], version: [/\0[\da-f]{40}\/(1\.\d{1,3}\.\d{1,3})\/(?:Clean|Modified)\//] },
  { name: 'squid', files: ['squid'], version: [/\0squid\/(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)\0/] },
  {
    name: 'varnish',
    files: ['varnishd', 'libvarnishapi.so*'],
    version: [/[Vv]arnish-(\d{1,2}\.\d{1,3}\.\d{1,3}) revision/],
  },
  {
    name: 'redis',
    files: ['redis-server', 'redis-check-rdb', 'redis-check-aof', 'redis-sentinel'],
    version: [/(?:^|[^\w.])(\d{1,2}\.\d{1,2}\.\d{1,2})(?=1[5-9]\d{8}[\da-f]{8}|[a-zA-Z][\w.-]{0,80}-1[5-9]\d{8})/],
  },
  {
    name: 'valkey',
    files: ['valkey-server', 'valkey-check-rdb', 'valkey-check-aof', 'valkey-sentinel'],
    version: [/\0valkey(\d{1,2}\.\d{1,2}\.\d{1,2})(?=1[5-9]\d{8}[\da-f]{8}|[a-zA-Z][\w.-]{0,80}-1[5-9]\d{8})/],
  },
  { name: 'memcached', files: ['memcached'], version: [/\0memcached (1\.\d{1,2}\.\d{1,3})[\n\0]/] },
  {
    name: 'postgresql',
    files: ['postgres'],
    version: [/postgres \(PostgreSQL\) (\d{1,2}(?:\.\d{1,3}){1,2}|\d{1,2}(?:beta|rc)\d)/],
  },
  { name: 'mariadb', files: ['mariadbd', 'mysqld'], version: [/\0(\d{1,2}\.\d{1,2}\.\d{1,3})-MariaDB/] },
  { name: 'named', files: ['named'], version: [/libdns-(9\.\d{1,3}\.\d{1,3})[-.]/] },
  { name: 'unbound', files: ['unbound'], version: [/\0unbound (1\.\d{1,3}\.\d{1,3})\0/] },
  { name: 'dnsmasq', files: ['dnsmasq'], version: [/\0dnsmasq-(2\.\d{1,3}(?:\.\d{1,2})?)\0/] },
  { name: 'proftpd', files: ['proftpd'], version: [/ProFTPD Version (1\.\d{1,2}\.\d{1,2}[a-z]?(?:rc\d)?)\0/] },
  { name: 'vsftpd', files: ['vsftpd'], version: [/vsftpd: version (\d{1,2}\.\d{1,2}\.\d{1,2})/] },
  {
    name: 'openssh',
    files: ['sshd', 'sshd-session', 'sshd-auth', 'ssh', 'ssh-keysign', 'ssh-keyscan', 'ssh-add', 'ssh-agent'],
    version: [/OpenSSH_(\d{1,2}\.\d{1,2}p\d{1,2})/],
  },
  { name: 'openldap', files: ['slapd'], version: [/\$OpenLDAP: slapd (2\.\d{1,2}\.\d{1,3})/] },
  { name: 'krb5', files: ['libkrb5.so*'], version: [/KRB5_BRAND: krb5-(1\.\d{1,2}(?:\.\d{1,2})?)-/] },
  {
    name: 'fluent-bit',
    files: ['fluent-bit'],
    version: [/Fluent Bit v(\d{1,2}\.\d{1,2}\.\d{1,3})/, /\0v(\d{1,2}\.\d{1,2}\.\d{1,3})\0/],
  },
  { name: 'supervisor', files: ['supervisor/version.txt'], version: [/^(\d{1,2}\.\d{1,2}\.\d{1,2})\s{0,2}$/] },
];
