import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { anchorOf } from './anchor.ts';
import { SignatureIndex } from './file-names.ts';
import { piecesOf, scanBounds, stretchesOf, textsOf } from './scan.ts';
import type { Signature } from './signature.ts';
import { signatures } from './table.ts';

const index = new SignatureIndex(signatures);
const expressions = new Map<Signature, readonly Expression[]>();

interface Expression {
  readonly expression: RegExp;
  readonly anchor: string | undefined;
}

/** Reads the version of the software that the file's name stands for. A file without it, such as a script that starts it, is nothing. */
export function* readSignature({ path, content }: LargeFile): Generator<Found> {
  const open = new Set(index.of(path));
  const stretches = stretchesOf(content);
  for (const piece of piecesOf(content, stretches))
    for (const signature of open) {
      const version = versionIn(piece, signature);
      if (version === undefined) continue;
      open.delete(signature);
      yield { kind: 'package', type: 'generic', name: signature.name, version, state: 'installed', unlessOwned: true };
      if (open.size === 0) return;
    }
  const bytes = stretches.reduce((sum, { size }) => sum + size, 0);
  if (bytes > scanBounds.maxBytes) for (const { name } of open) yield tooLarge(path, name);
}

function expressionsOf(signature: Signature): readonly Expression[] {
  const known = expressions.get(signature);
  if (known !== undefined) return known;
  const made = signature.version().map((expression) => ({ expression, anchor: anchorOf(expression) }));
  expressions.set(signature, made);
  return made;
}

function versionIn(piece: Buffer, signature: Signature): string | undefined {
  for (const { expression, anchor } of expressionsOf(signature))
    for (const text of textsOf(piece, anchor)) {
      const groups = expression.exec(text)?.slice(1);
      if (groups !== undefined) return groups.filter((group) => group !== undefined).join('.');
    }
  return undefined;
}

function tooLarge(path: string, name: string): Problem {
  const message = `${path}: the first ${scanBounds.maxBytes} bytes of its data do not say which version of ${name} it is.`;
  return { kind: 'problem', where: { path }, code: 'too-large', message, unlessOwned: true };
}
