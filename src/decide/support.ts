import type { OperatingSystem } from '../base/model/package.ts';
import type { Support } from '../base/model/support.ts';
import { isRolling } from '../base/support-cycles.ts';

/** What is known of the end of a release. */
type KnownEnd = Pick<Support, 'eol' | 'extended'>;

/**
 * Whether a system is supported on a day. The distribution's own word, `SUPPORT_END` of os-release, comes before what others say.
 * @param known What endoflife.date says of its release, if anything.
 * @param today `YYYY-MM-DD`.
 */
export function judgeSupport(system: OperatingSystem, known: KnownEnd | undefined, today: string): Support {
  const eol = system.supportEnd ?? known?.eol;
  if (eol === undefined && isRolling(system)) return { state: 'rolling' };
  if (eol === undefined && known === undefined) return { state: 'unknown' };
  // Extended support that is over sooner than the regular one was that of another reckoning.
  const extended = known?.extended && known.extended.eol > (eol ?? '') ? { extended: known.extended } : {};
  const end: KnownEnd = { ...(eol === undefined ? {} : { eol }), ...extended };
  const source = system.supportEnd === undefined ? 'endoflife.date' : 'os-release';
  return { state: stateOn(today, end), ...end, source };
}

/** Days compare as text. On the day itself there is no support any more. */
function stateOn(today: string, { eol, extended }: KnownEnd): Support['state'] {
  if (eol === undefined || today < eol) return 'supported';
  return extended !== undefined && today < extended.eol ? 'extended' : 'ended';
}

/** A sentence for the verdict where support is over: then few vulnerabilities are no good news. Undefined where it is not. */
export function explainSupport({ id, versionId, name }: OperatingSystem, support: Support): string | undefined {
  const { state, eol, extended } = support;
  const system = name ?? [id, versionId].filter(Boolean).join(' ');
  const longer = extended?.name ?? 'extended support';
  if (state === 'extended')
    return `Regular support of ${system} ended on ${eol}; only ${longer} goes on, until ${extended?.eol}.`;
  if (state !== 'ended') return undefined;
  const last = extended === undefined ? '' : `, ${longer} on ${extended.eol}`;
  return `Support of ${system} ended on ${eol}${last}: hardly any advisories come out for it, so few vulnerabilities found are no good news.`;
}
