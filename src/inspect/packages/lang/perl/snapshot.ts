import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { toDistribution } from './distribution.ts';

/** Reads Carton's `cpanfile.snapshot`. https://metacpan.org/pod/Carton::Snapshot */
export function readSnapshot(file: OpenFile, limits: Limits): Iterable<Found> {
  return collectListed(file, { type: 'cpan', state: 'declared' }, readDistributions(file), limits);
}

function* readDistributions(file: OpenFile): Generator<Listed | Problem> {
  let line = 0;
  let fullName: string | undefined;
  let started = 0;
  let pathname: string | undefined;
  for (const row of readLines(decodeText(file))) {
    line++;
    const [, spaces, value] = /^( {2,4})(\S.{0,1000})$/.exec(row) ?? [];
    if (line === 1 && !row.startsWith('# carton snapshot format: version 1.'))
      yield problemOf(
        file,
        'unsupported',
        'it does not say to be of version 1; it may say something else than was read',
        1,
      );
    if (spaces === '  ' && value) {
      if (fullName !== undefined) yield toDistribution(fullName, pathname, started);
      fullName = value;
      started = line;
      pathname = undefined;
    } else if (spaces === '    ' && value?.startsWith('pathname: ')) pathname = value.slice('pathname: '.length);
  }
  if (fullName !== undefined) yield toDistribution(fullName, pathname, started);
  if (line === 0) yield problemOf(file, 'truncated', 'it is empty');
}
