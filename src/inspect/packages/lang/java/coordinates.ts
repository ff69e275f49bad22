import type { Listing } from '../../document/listed.ts';

/** What all these files name. */
export const mavenListing: Listing = { type: 'maven', state: 'declared' };

/** `group:artifact`, as advisories name it; undefined where a part is missing or holds a colon. */
export function toMavenName(group: unknown, artifact: unknown): string | undefined {
  const isPart = (part: unknown) => typeof part === 'string' && /^[^\s:/$]{1,200}$/.test(part);
  return isPart(group) && isPart(artifact) ? `${group}:${artifact}` : undefined;
}

/** A version that names one, and no range or placeholder: `1.0`, `[1.0]`. */
export function toExactVersion(text: string | undefined): string | undefined {
  const exact = /^\[([^,[\]()]{1,200})\]$/.exec(text ?? '')?.[1] ?? text;
  return exact !== undefined && /^[^\s,[\]()${}]{1,256}$/.test(exact) ? exact : undefined;
}
