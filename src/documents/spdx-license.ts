import { exceptionIds, licenseIds } from './spdx-ids.ts';

/** What a package says of its license: one of the SPDX list, an expression of several, or only words. */
export type License =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'name'; readonly name: string };

/** The longest expression of a real package, a Linux firmware's, has some 600 characters. */
const maxExpressionLength = 2000;

const licenses = new Map(licenseIds.map((id) => [id.toLowerCase(), id]));
const exceptions = new Map(exceptionIds.map((id) => [id.toLowerCase(), id]));

/**
 * Reads a license. It is an expression only if every word of it is known: `BSD` and `GPLv2+` are names, for which of several
 * licenses they mean cannot be told. Identifiers get the case of the list. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function parseLicense(text: string): License {
  const id = licenses.get(text.trim().toLowerCase());
  if (id !== undefined) return { kind: 'id', id };
  const expression = text.length > maxExpressionLength ? undefined : parseExpression(text);
  return expression === undefined ? { kind: 'name', name: text } : { kind: 'expression', expression };
}

/** The canonical expression; undefined for what is none. A row of words and brackets, so a depth is all that must be kept. */
function parseExpression(text: string): string | undefined {
  const reading: Reading = { written: [], depth: 0, expects: 'license', isSimple: false };
  for (const token of text.match(/[()]|[^\s()]+/g) ?? []) if (!readToken(reading, token)) return undefined;
  if (reading.depth !== 0 || reading.expects !== 'operator') return undefined;
  return reading.written.join(' ').replaceAll('( ', '(').replaceAll(' )', ')');
}

interface Reading {
  readonly written: string[];
  depth: number;
  expects: 'license' | 'operator' | 'exception';
  /** The operand just read is one license: only that may have an exception. */
  isSimple: boolean;
}

function readToken(reading: Reading, token: string): boolean {
  const written = toWritten(reading, token);
  if (written === undefined) return false;
  reading.written.push(written);
  if (written === '(') reading.depth++;
  if (written === ')') reading.depth--;
  const isOpen = written === '(' || written === 'AND' || written === 'OR';
  reading.isSimple = reading.expects === 'license' && !isOpen;
  reading.expects = isOpen ? 'license' : written === 'WITH' ? 'exception' : 'operator';
  return true;
}

/** A token as it is written, undefined where it must not stand. Operators may be in capitals or small letters, not mixed. */
function toWritten({ expects, depth, isSimple }: Reading, token: string): string | undefined {
  if (expects === 'license') return token === '(' ? token : toLicenseWord(token);
  if (expects === 'exception') return exceptions.get(token.toLowerCase());
  if (token === ')') return depth > 0 ? token : undefined;
  if (/^(?:AND|OR|and|or)$/.test(token)) return token.toUpperCase();
  return isSimple && /^(?:WITH|with)$/.test(token) ? 'WITH' : undefined;
}

function toLicenseWord(token: string): string | undefined {
  if (/^LicenseRef-[A-Za-z0-9.-]+$/.test(token)) return token;
  const known = licenses.get(token.toLowerCase());
  if (known !== undefined || !token.endsWith('+')) return known;
  // `GPL-2.0+` is itself an identifier, and has no further plus.
  const base = licenses.get(token.slice(0, -1).toLowerCase());
  return base === undefined || base.endsWith('+') ? undefined : `${base}+`;
}
