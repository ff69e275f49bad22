import type { FixState, Match, Severity } from '../../../base/model/match.ts';
import type { Report } from '../../../base/model/report.ts';
import { displayWidth } from '../display-width.ts';
import { cutEnd, cutStart } from '../fit-text.ts';
import { printable } from '../printable.ts';
import type { PackageGroup } from './package-groups.ts';

/** `Critical`. */
export function severityWord(severity: Severity): string {
  return severity.charAt(0).toUpperCase() + severity.slice(1);
}

/** Four letters for narrow terminals: `Crit`. */
export function shortSeverity(severity: Severity): string {
  return severityWord(severity).slice(0, 4).padEnd(4);
}

const stateWords: Readonly<Record<FixState, string>> = {
  fixed: 'fixed',
  'not-fixed': 'no fix',
  'will-not-fix': "won't fix",
  deferred: 'deferred',
  'end-of-life': 'end of life',
  unknown: 'not known',
};

/** The version that mends what can be mended, else why there is none. */
export function fixText({ fixedVersion, matches }: PackageGroup): string {
  if (fixedVersion !== undefined) return fixedVersion;
  const states = new Set(matches.map(({ state }) => state));
  return stateWords[states.size === 1 ? matches[0]!.state : 'not-fixed'];
}

/** As many ids as fit, the worst first, and how many more there are. */
export function idsText(matches: readonly Match[], width: number): string {
  let text = '';
  for (const [index, { id }] of matches.entries()) {
    const longer = index === 0 ? printable(id) : `${text} ${printable(id)}`;
    const rest = restText(matches.length - index - 1, width);
    if (displayWidth(longer + rest) > width) return finish(text, id, matches.length - index, width);
    text = longer;
    if (index === 2 && rest !== '') return text + rest;
  }
  return text;
}

function finish(text: string, next: string, left: number, width: number): string {
  if (text !== '') return text + restText(left, width);
  const rest = restText(left - 1, width);
  return cutEnd(next, Math.max(1, width - rest.length)) + rest;
}

function restText(count: number, width: number): string {
  if (count === 0) return '';
  return width < 26 ? ` +${count}` : ` +${count} more`;
}

/** Number of the layer, counted from 1 at the bottom; empty for a directory. */
export function layerText({ locations }: PackageGroup, { image }: Report): string {
  const index = image.layers.findIndex(({ diffId }) => diffId === locations[0]?.layer);
  return index < 0 ? '' : String(index + 1);
}

/** Files that lie in the folder of the one package that they describe. */
const ownFiles = /\/(?:package\.json|METADATA|PKG-INFO)$/;

/** Where it was found. An OS package's database tells nothing, the file that only declares one does. The end of a path tells more than its start. */
export function whereText({ locations, isOsPackage, isDeclared }: PackageGroup, width: number): string {
  const [first, ...others] = locations;
  if (first === undefined || (isOsPackage && !isDeclared)) return '';
  const more = others.length > 0 ? ` +${others.length}` : '';
  return cutStart(first.path.replace(ownFiles, ''), Math.max(1, width - more.length)) + more;
}
