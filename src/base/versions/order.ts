/** -1: a before b. 0: the same place in the order, though perhaps other text. 1: a after b. */
export type Comparison = -1 | 0 | 1;

/**
 * An ecosystem's rule which of two versions comes first. `parse` answers undefined for text that the ecosystem's own tool
 * would refuse: unknown is an answer, never a guess.
 */
export interface Order<V = unknown> {
  readonly id: string;
  parse(text: string): V | undefined;
  compare(a: V, b: V): Comparison;
}

/** Longest version text that is looked at; the longest real one seen has some 90 characters. */
export const maxVersionLength = 256;

/** Compares two texts by an order; undefined where either cannot be read. */
export function compareBy<V>(order: Order<V>, a: string, b: string): Comparison | undefined {
  const left = order.parse(a);
  const right = order.parse(b);
  return left === undefined || right === undefined ? undefined : order.compare(left, right);
}
