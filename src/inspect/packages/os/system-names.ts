import { maxVersionLength } from '../../../base/versions/order.ts';

/** Longer than any name that a package manager allows; Debian's longest has 80 letters. */
const maxNameLength = 300;

/** Whether a text can be a package's name: no spaces, no control characters, not endless. Each manager's own rule is narrower. */
export function isSystemName(value: string | undefined): value is string {
  return value !== undefined && value.length <= maxNameLength && /^[^\s\p{Cc}\ufffd]+$/u.test(value);
}

/** The same for a version. */
export function isSystemVersion(value: string | undefined): value is string {
  return value !== undefined && value.length <= maxVersionLength && /^[^\s\p{Cc}\ufffd]+$/u.test(value);
}
