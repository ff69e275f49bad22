import type { Signature } from '../signature.ts';

/** Libraries, and the programs that come with them. */
export const libraries: readonly Signature[] = [
  {
    name: 'openssl',
    files: ['openssl', 'libcrypto.so*', 'libssl.so*'],
    version: [/OpenSSL (\d\.\d{1,2}\.\d{1,2}[a-z]{0,2}) {1,2}\d{1,2} [A-Z][a-z]{2} 20\d\d/],
  },
  {
    name: 'curl',
    files: ['curl', 'libcurl.so*', 'libcurl-gnutls.so*'],
    version: [/\0(?:lib)?curl\/(\d{1,2}\.\d{1,3}\.\d{1,2})[\0-]/],
  },
  { name: 'zlib', files: ['libz.so*'], version: [/ (?:in|de)flate (1\.\d{1,2}(?:\.\d{1,2}){1,2}) Copyright/] },
  { name: 'xz', files: ['xz'], version: [/\(XZ Utils\) (5\.\d{1,2}\.\d{1,2}(?:alpha|beta)?)\0/] },
  { name: 'xz', files: ['liblzma.so*'], version: [/(?:^|[^\w.])(5\.\d{1,2}\.\d{1,2}(?:alpha|beta)?)\0/] },
  { name: 'zstd', files: ['zstd'], version: [/\0v(1\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'zstd', files: ['libzstd.so*'], version: [/(?:^|[^\w.])(1\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'bzip2', files: ['libbz2.so*'], version: [/\0(1\.\d{1,2}\.\d{1,2}), \d{1,2}-[A-Z][a-z]{2}-20\d\d/] },
  { name: 'expat', files: ['libexpat.so*'], version: [/\0expat_(2\.\d{1,2}\.\d{1,2})\0/] },
  { name: 'sqlite', files: ['libsqlite*.so*'], version: [/(?:^|[^\w.])(3\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\0/] },
  {
    name: 'glibc',
    files: ['libc.so*', 'libc-*.so'],
    version: [/GNU C Library \([^)\0]{0,100}\) (?:stable|development) release version (2\.\d{1,3}(?:\.\d{1,3})?)/],
  },
  {
    name: 'musl',
    files: [
      'libc.so',
      ...['x86_64', 'aarch64', 'armhf', 'armv7', 'i386', 'powerpc64le', 'riscv64', 's390x'].map(
        (cpu) => `ld-musl-${cpu}.so*`,
      ),
    ],
    version: [/\0(1\.\d{1,2}\.\d{1,2})\0/],
  },
  {
    name: 'ffmpeg',
    files: ['ffmpeg', 'libavutil.so*', 'libavcodec.so*'],
    version: [/FFmpeg version n?(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)/],
  },
  {
    name: 'imagemagick',
    files: ['libMagickCore-*.Q16.so*', 'libMagickCore-*.Q16HDRI.so*', 'magick'],
    version: [/ImageMagick (\d\.\d{1,2}\.\d{1,2}-\d{1,3}) /],
  },
  {
    name: 'ghostscript',
    files: ['gs', 'libgs.so*'],
    version: [/\/ghostscript\/(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\/Resource/],
  },
];
