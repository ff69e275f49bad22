import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { readPodfileLock } from './podfile-lock.ts';
import { readResolved } from './resolved.ts';

/** Reads one file of SwiftPM or CocoaPods, whichever its name says. */
export function readSwift(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('.lock') ? readPodfileLock(file, limits) : readResolved(file, limits);
}
