import type { Signature } from '../signature.ts';

/** Names, addresses, time, routes and tunnels. */
export const networks: readonly Signature[] = [
  { name: 'named', files: ['named'], version: () => [/libdns-(9\.\d{1,3}\.\d{1,3})[-.]/] },
  {
    name: 'unbound',
    files: ['unbound', 'libunbound.so*'],
    version: () => [/\0unbound (1\.\d{1,3}\.\d{1,3})\0/, /pluggable-event(1\.\d{1,3}\.\d{1,3})\0/],
  },
  { name: 'dnsmasq', files: ['dnsmasq'], version: () => [/\0dnsmasq-(2\.\d{1,3}(?:\.\d{1,2})?)\0/] },
  {
    name: 'pdns',
    files: ['pdns_server', 'pdnsutil'],
    version: () => [/\0pdnsutil \0(\d\.\d{1,2}\.\d{1,3})\0/, /\0 (\d\.\d{1,2}\.\d{1,3})\0/],
  },
  {
    name: 'pdns-recursor',
    files: ['pdns_recursor', 'rec_control'],
    version: () => [
      /\0rec_control version \0(\d\.\d{1,2}\.\d{1,3})\0/,
      /\0pdns-recursor (\d\.\d{1,2}\.\d{1,3})\0/,
      /\0Configured with: \0 (\d\.\d{1,2}\.\d{1,3})\0/,
    ],
  },
  { name: 'dnsdist', files: ['dnsdist'], version: () => [/\0dnsdist (\d\.\d{1,2}\.\d{1,3})\0/] },
  {
    name: 'knot',
    files: ['knotd', 'knotc', 'keymgr', 'kdig'],
    version: () => [/Knot DNS (\d\.\d{1,2}\.\d{1,2})[\0\n]/],
  },
  { name: 'nsd', files: ['nsd', 'nsd-checkzone'], version: () => [/\0NSD (4\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'avahi', files: ['avahi-daemon'], version: () => [/\0avahi (0\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  { name: 'dhcpcd', files: ['dhcpcd'], version: () => [/\0dhcpcd (\d{1,2}\.\d{1,2}\.\d{1,2})\n/] },
  {
    name: 'kea',
    files: ['libkea-process.so*', 'libkea-d2srv.so*'],
    version: () => [/Extended version: {1,3}(\d\.\d{1,2}\.\d{1,2}) \(/],
  },
  { name: 'chrony', files: ['chronyd', 'chronyc'], version: () => [/\0--version\0(4\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  { name: 'frr', files: ['libfrr.so*'], version: () => [/FRRouting \(version (\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\)/] },
  { name: 'bird', files: ['bird'], version: () => [/\0BIRD version (\d\.\d{1,2}(?:\.\d{1,2})?)\n/] },
  { name: 'keepalived', files: ['keepalived'], version: () => [/\0Keepalived v(\d\.\d{1,2}\.\d{1,2}) \(/] },
  { name: 'openvpn', files: ['openvpn'], version: () => [/\0OpenVPN (2\.\d{1,2}\.\d{1,2}) /] },
  {
    name: 'strongswan',
    files: ['charon', 'charon-systemd', 'starter'],
    version: () => [/\(strongSwan (\d\.\d{1,2}\.\d{1,2}), %s/, /Starting %sSwan (\d\.\d{1,2}\.\d{1,2}) IPsec/],
  },
  { name: 'tor', files: ['tor'], version: () => [/\0tor (0(?:\.\d{1,2}){3})\0/] },
  {
    name: 'iptables',
    files: ['xtables-nft-multi', 'xtables-legacy-multi'],
    version: () => [/\0(1\.\d{1,2}\.\d{1,2}) \(nf_tables\)\0/, /\0(1\.\d{1,2}\.\d{1,2}) \(legacy\)\0/],
  },
  { name: 'nmap', files: ['nmap'], version: () => [/\0https:\/\/nmap\.org\0(\d\.\d{1,3})\0Nmap\0/] },
  { name: 'ncat', files: ['ncat'], version: () => [/\0https:\/\/nmap\.org\/ncat\0(\d\.\d{1,3})\0/] },
  {
    name: 'socat',
    files: ['socat', 'socat1'],
    version: () => [/ 20\d\d \d\d:\d\d:\d\d\0{1,8}(\d\.\d(?:\.\d{1,2}){2})\0/],
  },
  { name: 'tcpdump', files: ['tcpdump'], version: () => [/\0%s version (4\.\d{1,3}(?:\.\d{1,2})?)\n/] },
  { name: 'libpcap', files: ['libpcap.so*'], version: () => [/libpcap version (1\.\d{1,2}\.\d{1,2})/] },
  { name: 'iperf3', files: ['iperf3', 'libiperf.so*'], version: () => [/\0iperf (3\.\d{1,2}(?:\.\d{1,2})?)\0/] },
];
