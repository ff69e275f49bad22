/** A time as SPDX writes it, in UTC without fractions of a second: `2026-11-24T09:30:00Z`. */
export function toWholeSeconds(time: string): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
