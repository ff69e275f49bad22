import type { Property } from './bom.ts';

/** Properties of the namespace `plimsoll`; what is not known is left out, and a list gives its name several times. */
export function toProperties(
  facts: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>,
): Property[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
    return values.map((one) => ({ name: `plimsoll:${name}`, value: String(one) }));
  });
}
