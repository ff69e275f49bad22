import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

/** Reads the facts `name(lamp).` and `version('1.2.0').` of a pack. A program that is called so has neither. */
export function* readPack(file: OpenFile, limits: Limits): Generator<Found> {
  const text = decodeText(file);
  const [name, version, license] = ['name', 'version', 'license'].map((fact) => factOf(text, fact));
  if (name === undefined && version === undefined) return;
  if (name === undefined) return yield problemOf(file, 'incomplete', 'the pack has no usable name; it is missing');
  const item = { kind: 'listed', name, version, licenses: license === undefined ? [] : [license] } as const;
  yield* collectListed(file, { type: 'swiplpack', state: 'installed' }, [item], limits);
}

/** The only argument of a fact: an atom, quoted or not, or a text. */
function factOf(text: string, fact: string): string | undefined {
  const argument = `(?:'([^'\\n]{1,300})'|"([^"\\n]{1,300})"|([a-z0-9][\\w.]{0,300}))`;
  const match = new RegExp(`^[ \\t]{0,20}${fact}\\([ \\t]{0,20}${argument}[ \\t]{0,20}\\)[ \\t]{0,20}\\.`, 'm').exec(
    text,
  );
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
