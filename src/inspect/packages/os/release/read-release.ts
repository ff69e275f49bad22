import type { OperatingSystem } from '../../../../base/model/package.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';

type Read = (text: string, path: string) => OperatingSystem | undefined;

/** In the order in which they are believed: os-release says most, the redhat-like files repeat one another. */
const readers: readonly (readonly [path: string, read: Read])[] = [
  ['etc/os-release', readOsRelease],
  ['usr/lib/os-release', readOsRelease],
  ['etc/lsb-release', readLsbRelease],
  ['etc/alpine-release', (text, path) => versionOnly('alpine', text, path)],
  ['etc/debian_version', readDebianVersion],
  ['etc/rocky-release', readRedHatLike],
  ['etc/almalinux-release', readRedHatLike],
  ['etc/alma-release', readRedHatLike],
  ['etc/oracle-release', readRedHatLike],
  ['etc/centos-release', readRedHatLike],
  ['etc/fedora-release', readRedHatLike],
  ['etc/redhat-release', readRedHatLike],
  ['etc/system-release', readRedHatLike],
];

/** Reads any of the files that name the distribution. */
export function* readRelease(file: OpenFile): Generator<Found> {
  const rank = readers.findIndex(([path]) => path === file.path);
  const reader = readers[rank];
  const text = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength).toString('utf8');
  const system = reader?.[1](text, file.path);
  if (system !== undefined) yield { kind: 'system', rank, system };
  else if (text.trim() !== '') {
    yield {
      kind: 'problem',
      where: { path: file.path },
      code: 'unknown-system',
      message: `${file.path} does not say which distribution this is.`,
    };
  }
}

/** https://www.freedesktop.org/software/systemd/man/latest/os-release.html */
function readOsRelease(text: string, path: string): OperatingSystem | undefined {
  const values = readAssignments(text);
  const id = values.get('ID')?.toLowerCase();
  if (!id || !isWord(id)) return undefined;
  return toSystem(path, {
    id,
    idLike: (values.get('ID_LIKE') ?? '').toLowerCase().split(/\s+/).filter(isWord),
    versionId: values.get('VERSION_ID'),
    codename: values.get('VERSION_CODENAME') || codenameIn(values.get('VERSION')),
    name: values.get('PRETTY_NAME') || values.get('NAME'),
    supportEnd: values.get('SUPPORT_END'),
  });
}

function readLsbRelease(text: string, path: string): OperatingSystem | undefined {
  const values = readAssignments(text);
  const id = values.get('DISTRIB_ID')?.toLowerCase();
  if (!id || !isWord(id)) return undefined;
  const versionId = values.get('DISTRIB_RELEASE');
  return toSystem(path, {
    id,
    idLike: [],
    versionId,
    codename: values.get('DISTRIB_CODENAME'),
    name: values.get('DISTRIB_DESCRIPTION'),
  });
}

/** `11.6`, or `bookworm/sid` in testing and unstable, where no release is known. */
function readDebianVersion(text: string, path: string): OperatingSystem | undefined {
  const line = firstLine(text);
  if (line === '') return undefined;
  const major = /^(\d{1,3})(?:\.\d{1,3})*$/.exec(line)?.[1];
  return toSystem(path, {
    id: 'debian',
    idLike: [],
    versionId: major,
    codename: major ? undefined : /^([a-z]{1,20})\/sid$/.exec(line)?.[1],
    name: `Debian ${line}`,
  });
}

/** `CentOS Linux release 7.9.2009 (Core)`, `Rocky Linux release 9.3 (Blue Onyx)`. */
function readRedHatLike(text: string, path: string): OperatingSystem | undefined {
  const line = firstLine(text);
  const match = /^(.{1,80}?)(?: Linux)?(?: Server)? (?:release |)(\d{1,4}(?:\.\d{1,6}){0,3})\b/.exec(line);
  const id = match && redHatIds.find(([word]) => match[1]!.toLowerCase().startsWith(word))?.[1];
  return id
    ? toSystem(path, { id, idLike: ['rhel', 'fedora'], versionId: match[2], codename: undefined, name: line })
    : undefined;
}

const redHatIds: readonly (readonly [word: string, id: string])[] = [
  ['red hat enterprise', 'rhel'],
  ['centos', 'centos'],
  ['rocky', 'rocky'],
  ['almalinux', 'almalinux'],
  ['oracle', 'ol'],
  ['fedora', 'fedora'],
  ['amazon', 'amzn'],
  ['scientific', 'scientific'],
];

function versionOnly(id: string, text: string, path: string): OperatingSystem | undefined {
  const line = firstLine(text);
  return line === ''
    ? undefined
    : toSystem(path, { id, idLike: [], versionId: line, codename: undefined, name: `${id} ${line}` });
}

type Parts = Pick<OperatingSystem, 'id' | 'idLike'> & {
  versionId: string | undefined;
  codename: string | undefined;
  name: string | undefined;
  supportEnd?: string | undefined;
};

function toSystem(path: string, { id, idLike, versionId, codename, name, supportEnd }: Parts): OperatingSystem {
  return {
    id,
    idLike,
    ...(versionId && versionId.length <= 64 ? { versionId } : {}),
    ...(codename && codename.length <= 64 ? { codename: codename.toLowerCase() } : {}),
    ...(name ? { name: name.slice(0, 200) } : {}),
    ...(supportEnd && isDay(supportEnd) ? { supportEnd } : {}),
    path,
  };
}

/** Shell-like assignments: values bare, in single or in double quotes with backslashes. */
function readAssignments(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\s{0,20}([A-Z][A-Z0-9_]{0,60})=(.{0,1000})$/.exec(line.replace(/\r$/, ''));
    if (match) values.set(match[1]!, unquote(match[2]!.trim()));
  }
  return values;
}

function unquote(value: string): string {
  const quote = value[0];
  if (quote === "'" && value.endsWith("'")) return value.slice(1, -1);
  const inner = quote === '"' && value.length > 1 && value.endsWith('"') ? value.slice(1, -1) : value;
  return inner.replace(/\\(["$`\\'])/g, '$1');
}

/** Debian before 9 has its codename only in `VERSION="8 (jessie)"`. */
function codenameIn(version: string | undefined): string | undefined {
  return /\(([a-z][a-z ]{0,30})\)/i.exec((version ?? '').slice(0, 200))?.[1];
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').trim().slice(0, 200);
}

/** Of the calendar: `2026-02-30` is none. */
function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

function isWord(text: string): boolean {
  return /^[a-z0-9._-]{1,64}$/.test(text);
}
