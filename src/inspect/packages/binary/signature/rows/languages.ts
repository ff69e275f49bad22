import type { Signature } from '../signature.ts';

/** Interpreters, compilers and runtimes. */
export const languages: readonly Signature[] = [
  {
    name: 'python',
    files: ['python*', 'python*m', 'libpython*.so*', 'libpython*m.so*'],
    version: () => [/\0([23]\.\d{1,2}\.\d{1,2}(?:(?:a|b|rc)\d{1,2})?)\+?\0/],
  },
  { name: 'pypy', files: ['libpypy*-c.so*'], version: () => [/\[PyPy (\d{1,2}\.\d{1,2}\.\d{1,2})/] },
  {
    name: 'node',
    files: ['node', 'nodejs', 'libnode.so*'],
    version: () => [/node\.js\/v(\d{1,3}\.\d{1,3}\.\d{1,3})\0/, /\/download\/release\/v(\d{1,3}\.\d{1,3}\.\d{1,3})\//],
  },
  { name: 'deno', files: ['deno'], version: () => [/Deno\/(\d{1,2}\.\d{1,3}\.\d{1,3})/] },
  {
    name: 'bun',
    files: ['bun'],
    version: () => [
      /\nBun v(\d{1,2}\.\d{1,3}\.\d{1,3})\nbun-/,
      /Bun v(\d{1,2}\.\d{1,3}\.\d{1,3}) \(/,
      /bun [a-z]{2,10} v(\d{1,2}\.\d{1,3}\.\d{1,3}) \(/,
    ],
  },
  {
    name: 'dart',
    files: ['dart', 'dartvm', 'dartaotruntime'],
    version: () => [
      /\0(\d\.\d{1,3}\.\d{1,3}) \(stable\) \([A-Z]/,
      /\0(\d\.\d{1,3}\.\d{1,3}-\d{1,4}\.\d{1,3}\.beta) \(beta\) \([A-Z]/,
      /\0(\d\.\d{1,3}\.\d{1,3}-\d{1,4}\.\d{1,3}\.dev) \(dev\) \([A-Z]/,
    ],
  },
  {
    name: 'perl',
    files: ['perl', 'perl*', 'libperl.so*'],
    version: () => [/\0v(5\.\d{1,2}\.\d{1,2})\0/, /\/lib\/perl5\/(5\.\d{1,2}\.\d{1,2})[/\0]/],
  },
  {
    name: 'ruby',
    files: ['ruby', 'ruby*', 'libruby.so*', 'libruby-*.so*'],
    version: () => [/ruby (\d{1,2}\.\d{1,2}\.\d{1,2})(?:p\d{1,4}|(?:preview|rc)\d)? \(\d{4}-/],
  },
  {
    name: 'php',
    files: ['php', 'php*', 'php-fpm', 'php-fpm*', 'php-cgi', 'php-cgi*', 'libphp.so', 'libphp*.so'],
    version: () => [/X-Powered-By: PHP\/(\d{1,2}\.\d{1,2}\.\d{1,2}(?:(?:alpha|beta|RC)\d{1,2})?)/],
  },
  {
    name: 'lua',
    files: ['lua', 'lua*', 'luac', 'luac*', 'liblua.so*', 'liblua*.so*'],
    version: () => [/\$Lua(?:Version)?: Lua (5\.\d{1,2}\.\d{1,2})/],
  },
  { name: 'tcl', files: ['libtcl*.so*'], version: () => [/\0([89]\.\d\.\d{1,2})\0tcl_patchLevel\0/] },
  { name: 'r', files: ['R/library/base/DESCRIPTION'], version: () => [/^Version: (\d{1,2}\.\d{1,2}\.\d{1,2})\r?$/m] },
  {
    name: 'julia',
    files: ['libjulia.so*', 'libjulia-internal.so*', 'libjulia-codegen.so*'],
    // What stands behind it differs: 1.11 and later, 1.10, 1.9, 1.8.
    version: () => [
      /(?:^|[^\w.])(1\.\d{1,2}\.\d{1,2}(?:-[a-z]{2,5}\d{1,2})?)\0branch\0commit\0/,
      /(?:^|[^\w.])(1\.\d{1,2}\.\d{1,2}(?:-[a-z]{2,5}\d{1,2})?)\0verify_methods\0/,
      /(?:^|[^\w.])(1\.\d{1,2}\.\d{1,2}(?:-[a-z]{2,5}\d{1,2})?)\0BigInt\0/,
      /(?:^|[^\w.])(1\.\d{1,2}\.\d{1,2}(?:-[a-z]{2,5}\d{1,2})?)\0julia version %s\n/,
      /libjulia(?:-internal|-codegen)?\.so\.(\d{1,2}\.\d{1,3}\.\d{1,3})\0/,
    ],
  },
  {
    name: 'swipl',
    files: ['SWIPLConfigVersion.cmake'],
    version: () => [/\(PACKAGE_VERSION "(\d{1,2}\.\d{1,2}\.\d{1,2})"\)/],
  },
  { name: 'erlang', files: ['releases/*/OTP_VERSION'], version: () => [/^(\d{1,3}(?:\.\d{1,3}){1,4})\s{0,2}$/] },
  {
    name: 'elixir',
    files: ['elixir/ebin/elixir.app'],
    version: () => [/\{vsn,\s{0,4}"(\d{1,2}\.\d{1,3}\.\d{1,3}(?:-[a-z]{1,5}\.\d{1,2})?)"\}/],
  },
  {
    name: 'ocaml',
    files: ['ocamlrun', 'ocamlrund', 'ocamlruni'],
    version: () => [/The OCaml runtime, version (\d{1,2}\.\d{1,2}\.\d{1,2})/],
  },
  { name: 'ghc', files: ['ghc', 'ghc-*'], version: () => [/libHSghc-(\d{1,2}\.\d{1,2}\.\d{1,2})-/] },
  { name: 'cabal', files: ['cabal'], version: () => [/cabal-install-(\d{1,2}(?:\.\d{1,2}){3})[-\0]/] },
  { name: 'stack', files: ['stack'], version: () => [/\/stack-(\d{1,2}\.\d{1,2}\.\d{1,2})[-\0]/] },
  {
    name: 'gcc',
    files: ['cc1', 'gcc', 'gcc-*', 'x86_64-linux-gnu-gcc-*', 'aarch64-linux-gnu-gcc-*'],
    version: () => [/\0(\d{1,2}\.\d{1,2}\.\d{1,2})\0(?:__ORDER_BIG_ENDIAN__|\([^)\0]{0,80}\) ?\0)/],
  },
  {
    name: 'go',
    files: ['go/VERSION', 'go-*/VERSION'],
    version: () => [/^go(\d{1,2}(?:\.\d{1,3}){1,2}(?:(?:beta|rc)\d{1,2})?)(?:\s|$)/],
  },
  {
    name: 'rust',
    files: ['libstd-#.so'],
    version: () => [
      /rustc version (1\.\d{1,3}\.\d{1,2}(?:-nightly|-beta(?:\.\d{1,2})?)?) \(/,
      /\/rustc-(1\.\d{1,3}\.\d{1,2})\/library\//,
    ],
  },
];
