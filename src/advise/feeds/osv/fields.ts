import type { Rating } from '../../../base/model/advisory.ts';
import { withValue } from '../../../base/severity.ts';

const maxTexts = 2000;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of a list; what is none is dropped. */
export function parseTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.slice(0, maxTexts).filter((item) => typeof item === 'string') : [];
}

/** A time of RFC 3339 in UTC, as it stands; undefined for anything else. */
export function parseTime(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value)) return;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

/** Entries of `severity`; what is none is dropped. https://ossf.github.io/osv-schema/#severity-field */
export function parseRatings(value: unknown): Rating[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 20).flatMap((item): Rating[] => {
    if (!isRecord(item) || !isShortText(item.type, 32) || !isShortText(item.score, 256)) return [];
    return [withValue({ type: item.type, score: item.score })];
  });
}

/** A text of 1 to `maxLength` UTF-16 code units without control characters. */
export function isShortText(value: unknown, maxLength: number): value is string {
  if (typeof value !== 'string' || value === '' || value.length > maxLength) return false;
  return !/\p{Cc}/u.test(value) && value.isWellFormed();
}
