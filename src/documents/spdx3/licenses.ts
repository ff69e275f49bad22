import { LicenseTexts, licenseListVersion, referencesIn } from '../license-texts.ts';
import { toId } from '../package-ids.ts';
import type { GraphEntry } from './elements.ts';
import type { Naming } from './naming.ts';

/** What packages say of their licenses, each expression written once. */
export class Licenses {
  readonly #naming: Naming;
  readonly #texts = new LicenseTexts();
  readonly #written = new Set<string>();

  constructor(naming: Naming) {
    this.#naming = naming;
  }

  /** The name of a package's license, undefined where it says none, after the element itself if it is not yet written. */
  *take(texts: readonly string[] | undefined): Generator<GraphEntry, string | undefined> {
    const expression = this.#texts.toExpression(texts);
    if (expression === undefined) return undefined;
    const local = `license-${toId(expression)}`;
    if (!this.#written.has(local)) {
      this.#written.add(local);
      yield this.#toExpression(expression, local);
    }
    return this.#naming.of(local);
  }

  /** The words that expressions refer to; all of them once every package was taken. */
  *texts(): Generator<GraphEntry> {
    for (const [name, text] of this.#texts.entries())
      yield {
        ...this.#naming.element('simplelicensing_SimpleLicensingText', name),
        name,
        simplelicensing_licenseText: text,
      };
  }

  #toExpression(expression: string, local: string): GraphEntry {
    const custom = referencesIn(expression).map(
      (key) => ({ type: 'DictionaryEntry', key, value: this.#naming.of(key) }) as const,
    );
    return {
      ...this.#naming.element('simplelicensing_LicenseExpression', local),
      simplelicensing_licenseExpression: expression,
      simplelicensing_licenseListVersion: `${licenseListVersion}.0`,
      simplelicensing_customIdToUri: custom.length > 0 ? custom : undefined,
    };
  }
}
