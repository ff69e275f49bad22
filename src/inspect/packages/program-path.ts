/** Folders of documentation and data, where no program lies. */
const dataFolder =
  /^(?:proc|sys|usr\/share\/(?:bash-completion|bug|common-licenses|doc|fonts|gtk-doc|icons|i18n|info|lintian|locale|man|mime|themes|zoneinfo)|var\/lib\/dpkg\/info)\//;

/**
 * Libraries of the system, most bytes of which are the distribution's. Reading them all would make a scan a tenth slower; a library
 * that Go or Rust made is looked for where applications have theirs.
 */
const systemLibrary = /^(?:usr\/)?lib(?:32|64|x32)?\/(?!.*(?:-packages|node_modules)\/).*\.so(?:\.[\d.]+)?$/;

/** Endings of files that are no programs, though anything may be: only what is frequent is worth leaving out. */
const dataEndings: ReadonlySet<string> = new Set(
  `a asc bz2 c cc cfg cmake conf cpp crt css csv desktop gif go gz h hpp htm html ico inc ini java jpg js json jsonl la list lock log
  lua m4 map md md5sums mjs mo o pc pem pl plist pm png po pod properties ps1 py pyc pyi pyo rb rs rst scss service sh svg target tcl
  timer tmpl toml ts tsx ttf txt wasm woff woff2 xml xz yaml yml zip zst`
    .trim()
    .split(/\s+/),
);

/**
 * Whether a file may be a program or library, by its path. Asked before a file's first bytes are looked at, which takes an opening
 * of each file in a directory, and of the hundreds of thousands of files that packages own.
 */
export function mayBeProgram(path: string): boolean {
  const dot = path.lastIndexOf('.');
  if (dot > path.lastIndexOf('/')) {
    if (dataEndings.has(path.slice(dot + 1))) return false;
    if (path.includes('.so', dot - 12) && systemLibrary.test(path)) return false;
  }
  return !dataFolder.test(path);
}
