import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

/** `any.name ==1.0`; `installed` is whichever version the compiler has. */
const pin = /^(?:any\.)?([A-Za-z0-9][A-Za-z0-9-]{0,200}) ?(?:==(\d[\d.]{0,200})|installed)$/;
/** `name +flag -flag` */
const flags = /^[A-Za-z0-9.:-]{1,200}(?: [+-][\w-]{1,200}){1,100}$/;

/** Reads what `cabal freeze` wrote. https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-freeze */
export function readFreeze(file: OpenFile, limits: Limits): Iterable<Found> {
  return collectListed(file, { type: 'hackage', state: 'declared' }, readConstraints(file), limits);
}

function* readConstraints(file: OpenFile): Generator<Listed | Problem> {
  const text = decodeText(file).replace(/--[^\n]*/g, '');
  const start = /^constraints:/m.exec(text);
  if (start === null) {
    yield problemOf(file, 'malformed', 'it has no constraints');
    return;
  }
  const rest = text.slice(start.index + start[0].length);
  const end = /^\S/m.exec(rest)?.index ?? rest.length;
  for (const part of rest.slice(0, end).split(',')) {
    const constraint = part.trim().slice(0, 2000).replace(/\s+/g, ' ');
    const [, name, version] = pin.exec(constraint) ?? [];
    if (name !== undefined) yield { kind: 'listed', name, version };
    else if (constraint !== '' && !flags.test(constraint))
      yield problemOf(file, 'malformed', `a constraint is no version (${JSON.stringify(constraint.slice(0, 80))})`);
  }
}
