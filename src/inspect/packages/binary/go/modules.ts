/** One module with its version, `(devel)` where the compiler did not know it. */
export interface Module {
  readonly path: string;
  readonly version: string;
}

/** The lines of module information. */
export interface Modules {
  readonly main?: Module;
  readonly dependencies: readonly Module[];
  /** What `go version -m` calls build settings: `-ldflags`, `vcs.revision`. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Reads the lines that `go version -m` shows. What replaced a module is what the program was made of. */
export function parseModules(text: string): Modules {
  let main: Module | undefined;
  const dependencies: Module[] = [];
  const settings = new Map<string, string>();
  let isOfMain = false;
  for (const line of text.split('\n')) {
    const [kind, path = '', version = ''] = line.split('\t');
    if (kind === 'build') addSetting(settings, path);
    else if (kind === 'mod') {
      main = { path, version };
      isOfMain = true;
    } else if (kind === 'dep') {
      dependencies.push({ path, version });
      isOfMain = false;
    } else if (kind === '=>' && path !== '') {
      if (isOfMain) main = { path, version };
      else replaceLast(dependencies, { path, version });
    }
  }
  const usable = dependencies.filter((module) => module.path !== '' && isVersion(module.version));
  return { ...(main?.path ? { main } : {}), dependencies: usable, settings };
}

/** A directory took its place, which has no version: the module is named with the version that was asked for. */
function replaceLast(dependencies: Module[], by: Module): void {
  if (isVersion(by.version) && dependencies.length > 0) dependencies[dependencies.length - 1] = by;
}

function addSetting(settings: Map<string, string>, text: string): void {
  const equals = text.indexOf('=');
  if (equals > 0) settings.set(text.slice(0, equals), unquote(text.slice(equals + 1)));
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

function isVersion(version: string): boolean {
  return /^v\d/.test(version);
}

/**
 * The version of the module that the program is: as the compiler noted it, else as it was given to the linker, which is how releases
 * are made (`-X main.version=1.2.3`). Undefined where nobody says.
 */
export function mainVersionOf({ version }: Module, settings: ReadonlyMap<string, string>): string | undefined {
  if (isVersion(version)) return version;
  const flags = settings.get('-ldflags') ?? '';
  const given =
    /(?:^|[\s'"])-X[\s=]+['"]?[\w./-]{0,200}\.(?:git|build|app|rel(?:ease)?)?_?version=v?(\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+.][\w.+-]{1,100})?)/i.exec(
      flags.slice(0, 100_000),
    )?.[1];
  return given && `v${given}`;
}
