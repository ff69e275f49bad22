import { toId } from '../package-ids.ts';
import { parseSupplier } from '../supplier.ts';
import type { Agent } from './elements.ts';
import type { Naming } from './naming.ts';

/** Who built packages, each written once. */
export class Suppliers {
  readonly #naming: Naming;
  readonly #written = new Set<string>();

  constructor(naming: Naming) {
    this.#naming = naming;
  }

  /** The name of a package's supplier, undefined where it has none, after the element itself if it is not yet written. */
  *take(maintainer: string | undefined, isVendor: boolean): Generator<Agent, string | undefined> {
    const supplier = parseSupplier(maintainer, isVendor);
    if (supplier === undefined) return undefined;
    const { kind, name, email } = supplier;
    const local = `supplier-${toId(`${kind}\n${name}\n${email}`)}`;
    if (!this.#written.has(local)) {
      this.#written.add(local);
      yield {
        ...this.#naming.element(kind === 'person' ? 'Person' : 'Organization', local),
        name,
        externalIdentifier: email
          ? [{ type: 'ExternalIdentifier', externalIdentifierType: 'email', identifier: email }]
          : undefined,
      };
    }
    return this.#naming.of(local);
  }
}
