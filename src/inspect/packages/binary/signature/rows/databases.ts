import type { Signature } from '../signature.ts';

const mysqlPrograms = ['mysqld', 'mysql', 'mysqldump', 'mysqladmin'];

/** Databases and what stands before them. */
export const databases: readonly Signature[] = [
  {
    name: 'redis',
    files: ['redis-server', 'redis-check-rdb', 'redis-check-aof', 'redis-sentinel'],
    // What follows is the name of the host that built it, which in a container has twelve digits, and the time.
    version: () => [
      /(?:^|[^\w.])(\d{1,2}\.\d{1,2}\.\d{1,2})(?=[\da-f]{12}-1[4-9]\d{8})/,
      /(?:^|[^\w.])(\d{1,2}\.\d{1,2}\.\d{1,2})(?=1[5-9]\d{8}[\da-f]{8}|[a-zA-Z][\w.-]{0,80}-1[5-9]\d{8})/,
    ],
  },
  {
    name: 'valkey',
    files: ['valkey-server', 'valkey-check-rdb', 'valkey-check-aof', 'valkey-sentinel'],
    version: () => [/\0valkey(\d{1,2}\.\d{1,2}\.\d{1,2})(?=1[5-9]\d{8}[\da-f]{8}|[a-zA-Z][\w.-]{0,80}-1[5-9]\d{8})/],
  },
  { name: 'memcached', files: ['memcached'], version: () => [/\0memcached (1\.\d{1,2}\.\d{1,3})[\n\0]/] },
  {
    name: 'postgresql',
    files: ['postgres'],
    version: () => [/postgres \(PostgreSQL\) (\d{1,2}(?:\.\d{1,3}){1,2}|\d{1,2}(?:beta|rc)\d)/],
  },
  {
    name: 'mariadb',
    files: ['mariadbd', 'mysqld', 'mariadb', 'mysql'],
    version: () => [
      /\0(\d{1,2}\.\d{1,2}\.\d{1,3})-MariaDB/,
      /\/mariadb-(\d{1,2}\.\d{1,2}\.\d{1,3})-[\w.-]{1,40}\/storage\//,
    ],
  },
  {
    name: 'mysql',
    files: [...mysqlPrograms, 'libmysqlclient.so*'],
    // Where it was built, which is in every message of the server; or, where that was hidden, what its client says.
    version: () => [
      /\/mysql-(?:\d\.\d-)?(\d{1,2}\.\d{1,2}\.\d{1,3})\//,
      /\0(\d{1,2}\.\d{1,2}\.\d{1,3})\0{1,8}mysql_real_escape_string_quote/,
    ],
  },
  {
    name: 'mysql-cluster',
    files: ['mysqld', 'ndbd', 'ndbmtd', 'ndb_mgmd'],
    version: () => [/\/mysql-cluster-gpl-(\d{1,2}\.\d{1,2}\.\d{1,3})\//, /\d-ndb-(\d{1,2}\.\d{1,2}\.\d{1,3})\0/],
  },
  {
    name: 'percona-server',
    files: mysqlPrograms,
    version: () => [/\/percona-server-(\d{1,2}\.\d{1,2}\.\d{1,3})[-/]/],
  },
  {
    name: 'percona-xtradb-cluster',
    files: mysqlPrograms,
    version: () => [/\/Percona-XtraDB-Cluster-(\d{1,2}\.\d{1,2}\.\d{1,3})[-/]/],
  },
  {
    name: 'percona-xtrabackup',
    files: ['xtrabackup'],
    version: () => [/\/percona-xtrabackup-(\d{1,2}\.\d{1,2}\.\d{1,3})[-/]/],
  },
  {
    name: 'mongodb',
    files: ['mongod', 'mongos'],
    // Parts of its report on how it was built, whose neighbour differs: 4.4 to 6, 7, 8.
    version: () => [
      /\0(\d{1,2}\.\d{1,2}\.\d{1,3})\0tcmalloc\0/,
      /\0(\d{1,2}\.\d{1,2}\.\d{1,3})\0{1,8}heap_size\0/,
      /\0(\d{1,2}\.\d{1,2}\.\d{1,3})\0{1,8}cppdefines\0/,
    ],
  },
  {
    name: 'arangodb',
    files: ['arangod', 'arangosh'],
    version: () => [/\0(\d{1,2}\.\d{1,2}\.\d{1,2}(?:-\d{1,2})?) (?:enterprise )?\[linux\]\0/],
  },
  { name: 'sqlite', files: ['libsqlite*.so*'], version: () => [/(?:^|[^\w.])(3\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  {
    name: 'sqlcipher',
    files: ['sqlcipher', 'libsqlcipher.so*'],
    version: () => [/\0community\0(\d\.\d{1,2}\.\d{1,2})\0%s %s\0/, /\0(3\.\d{1,2}\.\d{1,2})\0cipher_page_size\0/],
  },
  { name: 'pgbouncer', files: ['pgbouncer'], version: () => [/PgBouncer (1\.\d{1,3}\.\d{1,2})\0/] },
];
