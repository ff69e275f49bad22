import { addressBelow } from '../download.ts';

/** `all.zip` of an ecosystem: every record as `<ID>.json`. */
export function exportAddress(base: string, ecosystem: string): string {
  return addressBelow(base, ecosystem, 'all.zip');
}

/** The list of when each record was modified. */
export function modifiedListAddress(base: string, ecosystem: string): string {
  return addressBelow(base, ecosystem, 'modified_id.csv');
}

/** One record. */
export function recordAddress(base: string, ecosystem: string, id: string): string {
  return addressBelow(base, ecosystem, `${id}.json`);
}

/** What is being done, for progress. */
export function taskOf(ecosystem: string): string {
  return `Fetching advisories for ${ecosystem}`;
}
