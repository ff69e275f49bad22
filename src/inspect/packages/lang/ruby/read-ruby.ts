import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { readGemfileLock } from './gemfile-lock.ts';
import { readSpecification } from './specification.ts';

/** Reads one file of RubyGems or Bundler, whichever its name says. */
export function readRuby(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('.gemspec') ? readSpecification(file, limits) : readGemfileLock(file, limits);
}
