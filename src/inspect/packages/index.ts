import { dotnetAssembly } from './binary/dotnet/index.ts';
import { go } from './binary/go/index.ts';
import { jar } from './binary/jar/index.ts';
import { jdk } from './binary/jdk/index.ts';
import { model } from './binary/model/index.ts';
import { nativeImage } from './binary/native-image/index.ts';
import { note } from './binary/note/index.ts';
import { rustProgram } from './binary/rust/index.ts';
import { signature } from './binary/signature/index.ts';
import { vsix } from './binary/vsix/index.ts';
import { wheel } from './binary/wheel/index.ts';
import type { Cataloguer } from './cataloguer.ts';
import { conda } from './lang/conda/index.ts';
import { cpp } from './lang/cpp/index.ts';
import { dart } from './lang/dart/index.ts';
import { deno } from './lang/deno/index.ts';
import { dotnet } from './lang/dotnet/index.ts';
import { elixir } from './lang/elixir/index.ts';
import { githubActions } from './lang/github-actions/index.ts';
import { gleam } from './lang/gleam/index.ts';
import { goModule } from './lang/go/index.ts';
import { haskell } from './lang/haskell/index.ts';
import { java } from './lang/java/index.ts';
import { julia } from './lang/julia/index.ts';
import { lua } from './lang/lua/index.ts';
import { nim } from './lang/nim/index.ts';
import { npm } from './lang/npm/index.ts';
import { ocaml } from './lang/ocaml/index.ts';
import { perl } from './lang/perl/index.ts';
import { php } from './lang/php/index.ts';
import { prolog } from './lang/prolog/index.ts';
import { pypi } from './lang/pypi/index.ts';
import { r } from './lang/r/index.ts';
import { ruby } from './lang/ruby/index.ts';
import { rust } from './lang/rust/index.ts';
import { swift } from './lang/swift/index.ts';
import { terraform } from './lang/terraform/index.ts';
import { vscode } from './lang/vscode/index.ts';
import { wordpress } from './lang/wordpress/index.ts';
import { apk } from './os/apk/index.ts';
import { bitnami } from './os/bitnami/index.ts';
import { bottlerocket } from './os/bottlerocket/index.ts';
import { chisel } from './os/chisel/index.ts';
import { contentSets } from './os/content-sets/index.ts';
import { cos } from './os/cos/index.ts';
import { debFile } from './os/deb-file/index.ts';
import { dnf } from './os/dnf/index.ts';
import { dpkg } from './os/dpkg/index.ts';
import { flatpak } from './os/flatpak/index.ts';
import { homebrew } from './os/homebrew/index.ts';
import { kernel } from './os/kernel/index.ts';
import { nix } from './os/nix/index.ts';
import { opkg } from './os/opkg/index.ts';
import { pacman } from './os/pacman/index.ts';
import { portage } from './os/portage/index.ts';
import { release } from './os/release/index.ts';
import { rpm } from './os/rpm/index.ts';
import { rpmFile } from './os/rpm-file/index.ts';
import { rpmManifest } from './os/rpm-manifest/index.ts';
import { snap } from './os/snap/index.ts';
import { spack } from './os/spack/index.ts';
import { embeddedSbom } from './sbom/embedded/index.ts';

/** Every cataloguer. One more ecosystem is one more line. */
export const cataloguers: readonly Cataloguer[] = Object.freeze([
  release,
  contentSets,
  dnf,
  dpkg,
  apk,
  rpm,
  rpmManifest,
  pacman,
  opkg,
  portage,
  chisel,
  bitnami,
  nix,
  kernel,
  debFile,
  rpmFile,
  flatpak,
  snap,
  homebrew,
  spack,
  cos,
  bottlerocket,
  npm,
  pypi,
  ruby,
  rust,
  php,
  dotnet,
  elixir,
  haskell,
  r,
  perl,
  lua,
  ocaml,
  java,
  conda,
  cpp,
  dart,
  deno,
  julia,
  swift,
  wordpress,
  terraform,
  githubActions,
  vscode,
  gleam,
  nim,
  prolog,
  goModule,
  go,
  jar,
  jdk,
  rustProgram,
  note,
  signature,
  dotnetAssembly,
  wheel,
  model,
  nativeImage,
  vsix,
  embeddedSbom,
]);
