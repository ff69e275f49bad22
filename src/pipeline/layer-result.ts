import type { LayerEntries } from '../image/tree/layer-reading.ts';
import type { Facts } from '../inspect/packages/fact-reader.ts';

/** A layer's entries and what its files hold, read or remembered. */
export interface LayerResult extends LayerEntries {
  readonly facts: Facts;
}
