/** Syft's names of a package's type and its language, empty where it belongs to none. */
export interface PackageType {
  readonly type: string;
  readonly language: string;
}

/** By purl type. https://github.com/anchore/syft/blob/main/syft/pkg/type.go */
const rows: Readonly<Record<string, readonly [type: string, language?: string]>> = {
  alpm: ['alpm'],
  apk: ['apk'],
  bitnami: ['bitnami'],
  cargo: ['rust-crate', 'rust'],
  cocoapods: ['pod', 'swift'],
  composer: ['php-composer', 'php'],
  conan: ['conan', 'c++'],
  conda: ['conda', 'python'],
  cpan: ['cpan', 'perl'],
  cran: ['R-package', 'R'],
  deb: ['deb'],
  gem: ['gem', 'ruby'],
  golang: ['go-module', 'go'],
  hackage: ['hackage', 'haskell'],
  hex: ['hex', 'erlang'],
  luarocks: ['lua-rocks', 'lua'],
  maven: ['java-archive', 'java'],
  npm: ['npm', 'javascript'],
  nuget: ['dotnet', 'dotnet'],
  opam: ['opam', 'ocaml'],
  pub: ['dart-pub', 'dart'],
  pypi: ['python', 'python'],
  rpm: ['rpm'],
  swift: ['swift', 'swift'],
};

const types = new Map(Object.entries(rows).map(([key, [type, language = '']]) => [key, { type, language }]));

/** What Syft calls packages of a purl type. */
export function toPackageType(purlType: string): PackageType {
  return types.get(purlType) ?? { type: 'UnknownPackage', language: '' };
}
