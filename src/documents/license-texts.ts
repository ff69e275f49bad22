import { toId, toIdWord } from './package-ids.ts';
import { parseLicense } from './spdx-license.ts';

/** The list that identifiers are checked against. https://spdx.org/licenses */
export const licenseListVersion = '3.29';

const reference = /LicenseRef-[A-Za-z0-9.-]+/g;

/**
 * Turns what packages say of their licenses into SPDX expressions, and keeps the words that are none: expressions refer to those by
 * `LicenseRef-…`. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export class LicenseTexts {
  readonly #texts = new Map<string, string>();

  /**
   * One expression for all that a package says; undefined where it says nothing. Of several licenses it is not known whether all
   * apply or one may be chosen: whoever keeps to all of them is right either way, so they are joined by AND.
   */
  toExpression(texts: readonly string[] = []): string | undefined {
    const parts = new Set(texts.filter((text) => text.trim() !== '').map((text) => this.#toPart(text)));
    if (parts.size < 2) return parts.values().next().value;
    return [...parts].map((part) => (part.includes(' ') ? `(${part})` : part)).join(' AND ');
  }

  /** Each reference that was used, with its words. */
  entries(): Iterable<readonly [reference: string, text: string]> {
    return this.#texts.entries();
  }

  #toPart(text: string): string {
    const license = parseLicense(text);
    if (license.kind === 'id') return license.id;
    if (license.kind === 'name') return this.#refer(text.trim());
    for (const name of license.expression.match(reference) ?? [])
      if (!this.#texts.has(name)) this.#texts.set(name, `A package names ${name}. Its text is not known.`);
    return license.expression;
  }

  #refer(text: string): string {
    const name = `LicenseRef-${toIdWord(text)}-${toId(text)}`;
    this.#texts.set(name, text);
    return name;
  }
}

/** The references in an expression. */
export function referencesIn(expression: string): readonly string[] {
  return [...new Set(expression.match(reference))];
}
