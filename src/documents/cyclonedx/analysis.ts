import type { Match, Suppression } from '../../base/model/match.ts';
import type { AffectStatus, Analysis } from './bom.ts';

/**
 * What a suppression says of the vulnerability itself. Those that are not here, such as `ignore` and `only-fixed`, are
 * decisions of the user: they make nothing less affected, so they claim no state.
 */
const claims: ReadonlyMap<string, Pick<Analysis, 'state' | 'justification'> & { readonly status: AffectStatus }> =
  new Map([
    // The same flaw may be in the OS package, and is then reported there.
    ['owned-by-os-package', { state: 'false_positive', status: 'unknown' }],
    ['no-executable-content', { state: 'not_affected', justification: 'code_not_present', status: 'unaffected' }],
    ['vex', { state: 'not_affected', status: 'unaffected' }],
  ] as const);

/** Why a match is suppressed, as far as the format has words for it; undefined where it is not. */
export function toAnalysis(suppressed: Suppression | undefined): Analysis | undefined {
  if (suppressed === undefined) return undefined;
  const { state, justification } = claims.get(suppressed.by) ?? {};
  return { state, justification, detail: suppressed.why };
}

/** Whether the version at hand is affected. */
export function toStatus({ suppressed, reason }: Match): AffectStatus {
  const claim = suppressed && claims.get(suppressed.by);
  return claim?.status ?? (reason.how === 'not-comparable' ? 'unknown' : 'affected');
}
