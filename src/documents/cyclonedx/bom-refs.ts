/** Gives every element of a document a name of its own: the wanted one, or that with a number behind it. Same order, same names. */
export class BomRefs {
  readonly #taken = new Set<string>();
  /** The next number to try for each name, so that the same name a hundred thousand times stays cheap. */
  readonly #next = new Map<string, number>();

  take(wanted: string): string {
    // An empty name is not allowed, and this prefix is for links into other documents.
    const base = wanted === '' || wanted.startsWith('urn:cdx:') ? `ref:${wanted}` : wanted;
    let number = this.#next.get(base) ?? 1;
    let ref = number === 1 ? base : `${base}#${number}`;
    while (this.#taken.has(ref)) ref = `${base}#${++number}`;
    this.#next.set(base, number + 1);
    this.#taken.add(ref);
    return ref;
  }
}
