import { isRequirements } from './requirements-path.ts';

/** What one line of a requirements file asks for. `nothing`: an option, or the project itself. */
export type Requirement =
  | { readonly kind: 'pinned'; readonly name: string; readonly version: string }
  | { readonly kind: 'unpinned'; readonly name: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'strange' };

const nothing: Requirement = { kind: 'nothing' };
const strange: Requirement = { kind: 'strange' };
/** Without its hashes. The longest in use, with many extras and markers, have some hundreds of characters. */
const maxLength = 4000;

/** Reads a logical line without its comment. https://packaging.python.org/en/latest/specifications/dependency-specifiers/ */
export function readRequirement(line: string): Requirement {
  if (line.startsWith('-')) return readOption(line.slice(0, maxLength));
  const text = line.split(/\s--?[a-z]/, 1)[0]!.trim();
  if (text.length > maxLength) return strange;
  if (isAddress(text)) return readAddress(text);
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\]\s*)?(?=[@<>=!~;(\s]|$)(.*)$/.exec(text);
  if (match === null) return strange;
  const name = match[1]!;
  const rest = match[2]!.trim();
  if (rest.startsWith('@')) return { kind: 'unpinned', name };
  return readSpecifiers(name, rest.split(';', 1)[0]!.trim());
}

function readSpecifiers(name: string, specifiers: string): Requirement {
  const bare = specifiers.startsWith('(') && specifiers.endsWith(')') ? specifiers.slice(1, -1) : specifiers;
  let version: string | undefined;
  for (const clause of bare === '' ? [] : bare.replace(/,\s*$/, '').split(',')) {
    const match = /^(===|==|~=|!=|<=|>=|<|>)\s*(\S+)$/.exec(clause.trim());
    if (match === null) return strange;
    if (match[1] === '===' || (match[1] === '==' && !match[2]!.endsWith('.*'))) version ??= match[2]!;
  }
  return version === undefined ? { kind: 'unpinned', name } : { kind: 'pinned', name, version };
}

/** Only `-r` and `-e` bring packages; included files with usual names are read by themselves. */
function readOption(line: string): Requirement {
  const match = /^(?:-([re])\s*|--(requirement|editable)(?:\s+|=))(\S.*)$/.exec(line);
  if (match === null) return nothing;
  const target = match[3]!.trim();
  if (match[1] === 'r' || match[2] === 'requirement')
    return isRequirements(target) ? nothing : { kind: 'unpinned', name: `-r ${target}` };
  return readAddress(target);
}

/** A URL, a repository or a path: what version it has shows only when it is fetched. `.` is the project itself. */
function readAddress(text: string): Requirement {
  if (/^\.\/?(?:\[[^\]]*\])?$/.test(text)) return nothing;
  const fragment = text.slice(text.indexOf('#') + 1).split('&');
  const egg = fragment.find((part) => part.startsWith('egg='))?.slice('egg='.length);
  return { kind: 'unpinned', name: egg || text };
}

function isAddress(text: string): boolean {
  return (
    /^(?:(?:[a-z]{2,10}\+)?[a-z]{2,10}:\/|\.|\/|~\/|[A-Za-z]:\\)/.test(text) ||
    /^[^\s@;]+(?:\/|\.whl$|\.zip$|\.tar\.gz$)/.test(text)
  );
}
