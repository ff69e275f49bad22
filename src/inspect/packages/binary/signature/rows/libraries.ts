import type { Signature } from '../signature.ts';

/** Libraries, and the programs that come with them. */
export const libraries: readonly Signature[] = [
  {
    name: 'openssl',
    files: ['openssl', 'libcrypto.so*', 'libssl.so*'],
    version: () => [/OpenSSL (\d\.\d{1,2}\.\d{1,2}[a-z]{0,2}) {1,2}\d{1,2} [A-Z][a-z]{2} 20\d\d/],
  },
  {
    name: 'aws-lc',
    files: ['openssl', 'bssl', 'libcrypto.so*', 'libcrypto-awslc.so*'],
    version: () => [
      /; AWS-LC (?:FIPS )?(\d{1,2}\.\d{1,3}\.\d{1,2})\)/,
      /\0AWS-LC (?:FIPS )?(\d{1,2}\.\d{1,3}\.\d{1,2})\0/,
    ],
  },
  { name: 'gnutls', files: ['libgnutls.so*'], version: () => [/\0Enabled GnuTLS (3\.\d{1,2}\.\d{1,2}) logging/] },
  {
    name: 'nss',
    files: ['libnss3.so', 'libnssutil3.so', 'libssl3.so', 'libsmime3.so', 'libsoftokn3.so', 'libfreebl3.so'],
    version: () => [/\0Version: NSS (3\.\d{1,3}(?:\.\d{1,2})?)[\0 ]/],
  },
  { name: 'wolfssl', files: ['libwolfssl.so*'], version: () => [/wolfSSL (\d\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'mbedtls', files: ['libmbedcrypto.so*'], version: () => [/[Mm]bed TLS (\d\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'libssh', files: ['libssh.so*'], version: () => [/SSH-2\.0-libssh_(0\.\d{1,2}\.\d{1,2})/] },
  { name: 'libssh2', files: ['libssh2.so*'], version: () => [/SSH-2\.0-libssh2_(1\.\d{1,2}\.\d{1,2})/] },
  { name: 'libgcrypt', files: ['libgcrypt.so*'], version: () => [/This is Libgcrypt (1\.\d{1,2}\.\d{1,2}) -/] },
  { name: 'libgpg-error', files: ['libgpg-error.so*'], version: () => [/This is Libgpg-error (1\.\d{1,2}) -/] },
  { name: 'libsodium', files: ['libsodium.so*'], version: () => [/\0(1\.0\.\d{1,2})\0/] },
  { name: 'cyrus-sasl', files: ['libsasl2.so*'], version: () => [/\0Cyrus SASL\0(2\.\d\.\d{1,2})\0/] },
  {
    name: 'curl',
    files: ['curl', 'libcurl.so*', 'libcurl-gnutls.so*'],
    version: () => [/\0(?:lib)?curl\/(\d{1,2}\.\d{1,3}\.\d{1,2})[\0-]/],
  },
  { name: 'zlib', files: ['libz.so*'], version: () => [/ (?:in|de)flate (1\.\d{1,2}(?:\.\d{1,2}){1,2}) Copyright/] },
  { name: 'xz', files: ['xz'], version: () => [/\(XZ Utils\) (5\.\d{1,2}\.\d{1,2}(?:alpha|beta)?)\0/] },
  { name: 'xz', files: ['liblzma.so*'], version: () => [/(?:^|[^\w.])(5\.\d{1,2}\.\d{1,2}(?:alpha|beta)?)\0/] },
  { name: 'zstd', files: ['zstd'], version: () => [/\0v(1\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'zstd', files: ['libzstd.so*'], version: () => [/(?:^|[^\w.])(1\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'bzip2', files: ['libbz2.so*'], version: () => [/\0(1\.\d{1,2}\.\d{1,2}), \d{1,2}-[A-Z][a-z]{2}-20\d\d/] },
  { name: 'expat', files: ['libexpat.so*'], version: () => [/\0expat_(2\.\d{1,2}\.\d{1,2})\0/] },
  {
    name: 'glibc',
    files: ['libc.so*', 'libc-*.so'],
    version: () => [
      /GNU C Library \([^)\0]{0,100}\) (?:stable|development) release version (2\.\d{1,3}(?:\.\d{1,3})?)/,
    ],
  },
  {
    name: 'musl',
    files: [
      'libc.so',
      ...['x86_64', 'aarch64', 'armhf', 'armv7', 'i386', 'powerpc64le', 'riscv64', 's390x'].map(
        (cpu) => `ld-musl-${cpu}.so*`,
      ),
    ],
    version: () => [/\0(1\.\d{1,2}\.\d{1,2})\0/],
  },
  // Five digits: 20914 is 2.9.14.
  {
    name: 'libxml2',
    files: ['libxml2.so*'],
    version: () => [/(?:^|[^\w.])(2)(?:0(\d)|([1-9]\d))(?:0(\d)|([1-9]\d))(?:-GIT[^\0]{0,60})?\0/],
  },
  {
    name: 'libxslt',
    files: ['libxslt.so*'],
    version: () => [/(?:^|[^\w.])(1)(?:0(\d)|([1-9]\d))(?:0(\d)|([1-9]\d))(?:-GIT[^\0]{0,60})?\0/],
  },
  { name: 'libyaml', files: ['libyaml-0.so*'], version: () => [/(?:^|[^\w.])(0\.\d\.\d{1,2})\0/] },
  { name: 'libarchive', files: ['libarchive.so*'], version: () => [/\0libarchive (3\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'lz4', files: ['liblz4.so*'], version: () => [/(?:^|[^\w.])(1\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'pcre', files: ['libpcre.so*'], version: () => [/(?:^|[^\w.])(8\.\d{2}) 20\d\d-\d\d-\d\d\0/] },
  { name: 'pcre2', files: ['libpcre2-8.so*'], version: () => [/(?:^|[^\w.])(10\.\d{2}) 20\d\d-\d\d-\d\d\0/] },
  { name: 'libgit2', files: ['libgit2.so*', 'libgit2-*.so*'], version: () => [/\0libgit2 (\d\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'icu', files: ['libicuuc.so*'], version: () => [/\0nynorsk\0(\d{2}\.\d)\0/] },
  {
    name: 'libuv',
    files: ['libuv.so*'],
    version: () => [/(?:^|[^\w.])(1\.\d{1,3}\.\d{1,2})\0[\w./-]{0,80}src\/unix\//],
  },
  {
    name: 'libevent',
    files: ['libevent-*.so*', 'libevent_core-*.so*'],
    version: () => [/\0(2\.\d\.\d{1,2})-stable\0/],
  },
  { name: 'nghttp2', files: ['libnghttp2.so*'], version: () => [/(?:^|[^\w.])(1\.\d{1,3}\.\d{1,2})\0/] },
  { name: 'c-ares', files: ['libcares.so*'], version: () => [/(?:^|[^\w.])(1\.\d{1,3}\.\d{1,2})\0/] },
  { name: 'libsoup', files: ['libsoup-*.so*'], version: () => [/\0libsoup\/(\d\.\d{1,3}\.\d{1,2})\0/] },
  { name: 'apr', files: ['libapr-1.so*'], version: () => [/\0apr_initialize\0(1\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'glib', files: ['libgio-2.0.so*'], version: () => [/<!-- GDBus (2\.\d{1,3}\.\d{1,2}) -->/] },
  {
    name: 'dbus',
    files: ['libdbus-1.so*', 'dbus-daemon'],
    version: () => [/\0LIBDBUS_PRIVATE_(1\.\d{1,2}\.\d{1,2})\0/],
  },
  { name: 'libcap', files: ['libcap.so*'], version: () => [/ libcap-(2\.\d{1,3})\.\n/] },
  { name: 'libmagic', files: ['libmagic.so*'], version: () => [/\0bad magic in `%s'\0(5\.\d{1,2})\0/] },
  {
    name: 'qt',
    files: ['libQt*Core.so*', 'libQtCore.so*'],
    version: () => [/QtCore library version (?:Qt )?(\d\.\d{1,2}\.\d{1,2})/, /\0Qt (\d\.\d{1,2}\.\d{1,2}) \(/],
  },
];
