import type { OperatingSystem } from '../../../../base/model/package.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { distributionNamed } from './release-names.ts';

type Read = (text: string, path: string) => OperatingSystem | undefined;

/** In the order in which they are believed: os-release says most, the redhat-like files repeat one another. */
const readers: readonly (readonly [path: string, read: Read])[] = [
  ['etc/os-release', readOsRelease],
  ['usr/lib/os-release', readOsRelease],
  ['etc/lsb-release', readLsbRelease],
  ['etc/alpine-release', (text, path) => versionOnly('alpine', text, path)],
  ['etc/devuan_version', readDevuanVersion],
  ['etc/debian_version', readDebianVersion],
  ['etc/openwrt_release', readLsbRelease],
  ['etc/SuSE-release', readSuseRelease],
  ['etc/photon-release', readNamedLine],
  ['etc/mariner-release', readNamedLine],
  ['etc/azurelinux-release', readNamedLine],
  ['etc/mageia-release', readNamedLine],
  ['etc/openEuler-release', readNamedLine],
  ['etc/gentoo-release', readNamedLine],
  ['etc/slackware-version', readNamedLine],
  // Most often empty: that it is there is what it says.
  ['etc/arch-release', (_text, path) => ({ id: 'arch', idLike: [], name: 'Arch Linux', path })],
  ['etc/rocky-release', readNamedLine],
  ['etc/almalinux-release', readNamedLine],
  ['etc/alma-release', readNamedLine],
  ['etc/oracle-release', readNamedLine],
  ['etc/eurolinux-release', readNamedLine],
  ['etc/sl-release', readNamedLine],
  ['etc/centos-release', readNamedLine],
  ['etc/fedora-release', readNamedLine],
  ['etc/redhat-release', readNamedLine],
  ['etc/system-release', readNamedLine],
];

/** Reads any of the files that name the distribution. */
export function* readRelease(file: OpenFile): Generator<Found> {
  const rank = readers.findIndex(([path]) => path === file.path);
  const reader = readers[rank];
  const text = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength).toString('utf8');
  const system = reader?.[1](text, file.path);
  if (system !== undefined) yield { kind: 'system', rank, system };
  else if (text.trim() !== '' && !isStandardOnly(text)) {
    yield {
      kind: 'problem',
      where: { path: file.path },
      code: 'unknown-system',
      message: `${file.path} does not say which distribution this is.`,
    };
  }
}

/** An lsb-release of a few Red Hat releases says which version of that standard they keep, and nothing else. */
function isStandardOnly(text: string): boolean {
  return /^\s{0,20}LSB_VERSION=[^\n]{0,1000}\s{0,20}$/.test(text.slice(0, 2000));
}

/** https://www.freedesktop.org/software/systemd/man/latest/os-release.html */
function readOsRelease(text: string, path: string): OperatingSystem | undefined {
  const values = readAssignments(text);
  const said = values.get('ID')?.toLowerCase();
  // Scientific Linux 7 has Red Hat's id, and neither its support nor its advisories.
  const id = said === 'rhel' && values.get('NAME')?.startsWith('Scientific') ? 'scientific' : said;
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

/** `DISTRIB_ID` is a word such as `Ubuntu`, or the name as people say it: `VMware Photon OS`. */
function readLsbRelease(text: string, path: string): OperatingSystem | undefined {
  const values = readAssignments(text);
  const said = values.get('DISTRIB_ID') ?? '';
  const named = distributionNamed(said);
  const id = named?.id ?? said.toLowerCase();
  if (!isWord(id)) return undefined;
  return toSystem(path, {
    id,
    idLike: named?.idLike ?? [],
    versionId: values.get('DISTRIB_RELEASE'),
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

/** `CentOS Linux release 7.9.2009 (Core)`, `Rocky Linux release 9.3 (Blue Onyx)`, `Slackware 15.0`. */
function readNamedLine(text: string, path: string): OperatingSystem | undefined {
  const line = firstLine(text);
  const named = distributionNamed(line);
  const versionId = /^.{1,80}? (\d{1,4}(?:\.\d{1,8}){0,3})\b/.exec(line)?.[1];
  return named && versionId
    ? toSystem(path, { id: named.id, idLike: named.idLike, versionId, codename: undefined, name: line })
    : undefined;
}

/** SUSE before os-release: the service pack stands apart, in `PATCHLEVEL = 3`. */
function readSuseRelease(text: string, path: string): OperatingSystem | undefined {
  const line = firstLine(text);
  const named = distributionNamed(line);
  const fieldOf = (key: string) => new RegExp(`^${key} {0,9}= {0,9}([\\w.]{1,20})\\s{0,9}$`, 'm').exec(text)?.[1];
  const version = fieldOf('VERSION') ?? / (\d{1,3}(?:\.\d{1,3})?)\b/.exec(line)?.[1];
  const pack = fieldOf('PATCHLEVEL');
  if (named === undefined || version === undefined) return undefined;
  const versionId = pack === undefined || pack === '0' ? version : `${version}.${pack}`;
  return toSystem(path, {
    id: named.id,
    idLike: named.idLike,
    versionId,
    codename: fieldOf('CODENAME'),
    name: pack === undefined || pack === '0' ? line : `${line} SP${pack}`,
  });
}

/** Devuan keeps Debian's file as well. Testing says only its codename. */
function readDevuanVersion(text: string, path: string): OperatingSystem | undefined {
  const line = firstLine(text);
  const major = /^(\d{1,3})(?:\.\d{1,3})*$/.exec(line)?.[1];
  const codename = /^[a-z]{1,20}/.exec(line)?.[0];
  if (major === undefined && codename === undefined) return undefined;
  return toSystem(path, { id: 'devuan', idLike: ['debian'], versionId: major, codename, name: `Devuan ${line}` });
}

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
