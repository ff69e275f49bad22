import { PlimsollError } from '../base/errors.ts';
import type { Platform } from '../base/model/image.ts';
import type { Severity } from '../base/model/match.ts';
import { parseSeverity } from '../base/severity.ts';
import { parsePlatform } from '../image/platform.ts';

/**
 * Reads a platform.
 * @param name Of the flag or setting, for the error.
 */
export function platformOf(text: string, name = '--platform'): Platform {
  if (text === 'all') throw new PlimsollError('usage', `${name} all is not there yet: scan each platform by itself.`);
  const platform = parsePlatform(text);
  if (platform === undefined)
    throw new PlimsollError(
      'usage',
      `${name} "${text}" is no platform. Write os/architecture[/variant], such as linux/arm64.`,
    );
  return platform;
}

/** Reads a severity; see `platformOf`. */
export function severityOf(text: string, name = '--fail-on'): Severity {
  const severity = parseSeverity(text);
  if (severity === undefined)
    throw new PlimsollError(
      'usage',
      `${name} "${text}" is no severity. Use critical, high, medium, low, negligible or unknown.`,
    );
  return severity;
}
