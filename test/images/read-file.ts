// Runs a cataloguer's reader over one file, as tests of cataloguers do.
import { defaultLimits } from '../../src/base/limits.ts';
import type { Cataloguer, Found } from '../../src/inspect/packages/cataloguer.ts';

export async function readFileBy(
  cataloguer: Cataloguer,
  path: string,
  content: string | Buffer,
  limits = defaultLimits,
): Promise<Found[]> {
  const read = await cataloguer.load!();
  return [...read({ path, bytes: Buffer.from(content) }, limits)];
}
