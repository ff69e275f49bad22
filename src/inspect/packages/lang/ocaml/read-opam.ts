import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { type OpamToken, readFields } from './fields.ts';

const wanted = new Set(['opam-version', 'license', 'depends', 'pin-depends', 'url']);
const forDevelopment = new Set(['with-test', 'with-doc', 'with-dev-setup', 'with-tools']);

/** Reads one file of opam: a package of a switch, or what `opam lock` wrote. */
export function readOpam(file: OpenFile, limits: Limits): Iterable<Found> {
  const fields = readFields(decodeText(file), wanted);
  const isLock = file.path.endsWith('.locked');
  const items = isLock ? readLock(file, fields) : [toInstalled(file, fields)];
  return collectListed(file, { type: 'opam', state: isLock ? 'declared' : 'installed' }, items, limits);
}

/** Its folder is named `<name>.<version>`; the file itself need not say either. */
function toInstalled(file: OpenFile, fields: ReadonlyMap<string, readonly OpamToken[]>): Listed {
  const folder = file.path.split('/').at(-2) ?? '';
  const dot = folder.indexOf('.');
  const licenses = fields.get('license')?.flatMap(({ kind, value }) => (kind === 'text' ? [value] : []));
  return {
    kind: 'listed',
    name: dot < 0 ? folder : folder.slice(0, dot),
    version: dot < 0 ? '' : folder.slice(dot + 1),
    licenses,
  };
}

function* readLock(file: OpenFile, fields: ReadonlyMap<string, readonly OpamToken[]>): Generator<Listed | Problem> {
  const tokens = fields.get('depends');
  if (!fields.has('opam-version')) yield problemOf(file, 'malformed', 'it does not say to be a file of opam');
  const origins = readPins(fields.get('pin-depends') ?? []);
  let last: Listed | undefined;
  let before = '';
  for (const { kind, value } of tokens ?? []) {
    if (kind === 'text' && before === '=' && last) last = { ...last, version: value };
    else if (kind === 'text' && !isComparison(before)) {
      if (last) yield last;
      last = { kind: 'listed', name: value, version: undefined, origin: origins.get(value) };
    } else if (forDevelopment.has(value) && last) last = { ...last, development: true };
    before = value;
  }
  if (last) yield last;
}

/** `[ ["name.version" "git+https://..."] ... ]` */
function readPins(tokens: readonly OpamToken[]): ReadonlyMap<string, string> {
  const texts = tokens.flatMap(({ kind, value }) => (kind === 'text' ? [value] : []));
  const pins = new Map<string, string>();
  for (let index = 0; index + 1 < texts.length; index += 2)
    pins.set(texts[index]!.split('.', 1)[0]!, texts[index + 1]!);
  return pins;
}

function isComparison(sign: string): boolean {
  return sign === '>=' || sign === '>' || sign === '<' || sign === '<=' || sign === '!=' || sign === '=';
}
