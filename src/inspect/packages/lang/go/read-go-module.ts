import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

const maxLineLength = 1000;

/** Reads `go.mod` or the list of what was vendored. */
export function readGoModule(file: OpenFile, limits: Limits): Iterable<Found> {
  const read = file.path.endsWith('go.mod') ? readMod : readVendored;
  return collectListed(file, { type: 'golang', state: 'declared' }, read(file), limits);
}

/**
 * What is required, after replacements. Since Go 1.17 that is all that a build takes, before only what the project itself names. Go's
 * own library is a module too: what it brings is Go's to mend. https://go.dev/ref/mod#go-mod-file
 */
function* readMod(file: OpenFile): Generator<Listed | Problem> {
  const required: { readonly name: string; readonly version: string; readonly line: number }[] = [];
  const replaced = new Map<string, readonly string[]>();
  let hasModule = false;
  for (const { words, line } of readDirectives(decodeText(file))) {
    const [directive, name, version] = words;
    if (directive === 'module' && (name === 'std' || name === 'cmd')) return;
    hasModule ||= directive === 'module';
    if (directive === 'require' && name !== undefined && version !== undefined) required.push({ name, version, line });
    else if (directive === 'require') yield problemOf(file, 'malformed', 'a requirement has no name and version', line);
    const arrow = words.indexOf('=>');
    if (directive === 'replace' && arrow > 1) replaced.set(words.slice(1, arrow).join(' '), words.slice(arrow + 1));
  }
  if (!hasModule) yield problemOf(file, file.bytes.length === 0 ? 'truncated' : 'malformed', 'it names no module');
  for (const { name, version, line } of required)
    yield toListed(name, version, replaced.get(`${name} ${version}`) ?? replaced.get(name), line);
}

/** Each line with its directive in front, that of a block included. */
function* readDirectives(text: string): Generator<{ readonly words: readonly string[]; readonly line: number }> {
  let block: string | undefined;
  let line = 0;
  for (const whole of readLines(text)) {
    line++;
    const words = wordsOf(whole.slice(0, maxLineLength).replace(/(?:^|\s)\/\/.*/, ''));
    if (words.length === 0) continue;
    if (words[0] === ')') block = undefined;
    else if (words.at(-1) === '(' && words.length === 2) block = words[0];
    else yield { words: block === undefined ? words : [block, ...words], line };
  }
}

function wordsOf(text: string): readonly string[] {
  const words = text.split(/[ \t]+/).map((word) => word.replace(/^(["`])(.*)\1$/, '$2'));
  return words.filter((word) => word !== '');
}

/**
 * `# github.com/ship/keel v1.2.0 => ../keel`, then lines of two `#` about it and the packages that were taken. A module without any was
 * only needed to choose versions. https://go.dev/ref/mod#go-mod-vendor
 */
function* readVendored(file: OpenFile): Generator<Listed> {
  let current: Listed | undefined;
  let line = 0;
  for (const whole of readLines(decodeText(file))) {
    line++;
    const text = whole.slice(0, maxLineLength);
    if (text.startsWith('# ')) {
      if (current) yield current;
      const [name = '', version, ...rest] = wordsOf(text.slice(2));
      // A replacement that nothing used stands there without a version.
      current =
        version === undefined || version === '=>' ? undefined : toListed(name, version, replacementOf(rest), line);
    } else if (current && text !== '' && !text.startsWith('#')) current = { ...current, state: 'installed' };
  }
  if (current) yield current;
}

function replacementOf([arrow, ...words]: readonly string[]): readonly string[] | undefined {
  return arrow === '=>' ? words : undefined;
}

/** A replacement without version is a folder. */
function toListed(name: string, version: string, replacement: readonly string[] | undefined, line: number): Listed {
  const [other, otherVersion] = replacement ?? [];
  if (other === undefined) return { kind: 'listed', name, version, line };
  return otherVersion === undefined
    ? { kind: 'listed', name, version, origin: `file:${other}`, line }
    : { kind: 'listed', name: other, version: otherVersion, line };
}
