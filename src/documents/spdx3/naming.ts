import type { Report } from '../../base/model/report.ts';
import { toDocumentUuid } from '../document-uuid.ts';

/** The name of the creation information inside the document. */
export const creationInfo = '_:creation';

/** Gives elements their names: addresses inside the document's own namespace. */
export class Naming {
  readonly #namespace: string;
  #count = 0;

  constructor(report: Report) {
    // The place that the specification gives to those who have no site of their own.
    this.#namespace = `https://spdx.org/spdxdocs/plimsoll-${toDocumentUuid(report, 'spdx3')}`;
  }

  /** The name of what is called so in this document. */
  of(local: string): string {
    return `${this.#namespace}#${local}`;
  }

  /** A name for what nothing refers to. Same order, same names. */
  next(kind: string): string {
    return this.of(`${kind}-${++this.#count}`);
  }

  /** What every element has. */
  element<T extends string>(type: T, local: string): { type: T; spdxId: string; creationInfo: string } {
    return { type, spdxId: this.of(local), creationInfo };
  }
}
