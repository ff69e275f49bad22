/** What a module says of itself. https://docs.kernel.org/kbuild/modules.html */
export interface ModuleInfo {
  readonly name?: string;
  /** Most modules of the kernel have none. */
  readonly version?: string;
  readonly license?: string;
  /** Whether it was built with the kernel. */
  readonly isOfKernel: boolean;
}

const wanted: ReadonlySet<string> = new Set(['name', 'version', 'license', 'intree']);

/** Reads a section `.modinfo`: texts `key=value` that each end with a zero byte. */
export function parseModuleInfo(section: Buffer): ModuleInfo {
  const fields = new Map<string, string>();
  for (const [key, value] of readFields(section)) if (wanted.has(key)) fields.set(key, value);
  return toInfo(fields);
}

/** Reads `modules.builtin.modinfo`, where the name of a module stands before each key: `tcp_cubic.version=2.3`. */
export function parseBuiltinInfo(text: Buffer, maxModules: number): ModuleInfo[] {
  const modules = new Map<string, Map<string, string>>();
  for (const [key, value] of readFields(text)) {
    const dot = key.indexOf('.');
    if (dot <= 0 || !wanted.has(key.slice(dot + 1))) continue;
    const name = key.slice(0, dot);
    const fields = modules.get(name) ?? new Map([['name', name]]);
    if (!modules.has(name) && modules.size >= maxModules) break;
    modules.set(name, fields.set(key.slice(dot + 1), value));
  }
  return Array.from(modules.values(), (fields) => ({ ...toInfo(fields), isOfKernel: true }));
}

const maxValueLength = 300;

function* readFields(bytes: Buffer): Generator<[key: string, value: string]> {
  for (let at = 0; at < bytes.length; ) {
    const zero = bytes.indexOf(0, at);
    const end = zero < 0 ? bytes.length : zero;
    const text = bytes.toString('utf8', at, Math.min(end, at + maxValueLength));
    const equals = text.indexOf('=');
    if (equals > 0) yield [text.slice(0, equals), text.slice(equals + 1)];
    at = end + 1;
  }
}

function toInfo(fields: ReadonlyMap<string, string>): ModuleInfo {
  const [name, version, license] = ['name', 'version', 'license'].map((key) => fields.get(key) || undefined);
  return {
    ...(name ? { name } : {}),
    ...(version ? { version } : {}),
    ...(license ? { license } : {}),
    isOfKernel: fields.get('intree') === 'Y',
  };
}
