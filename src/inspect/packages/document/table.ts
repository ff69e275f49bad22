/** An object of JSON or a table of TOML. Its keys come from the image: read only names that `Object.prototype` lacks, or use `Object.entries`. */
export type Table = Readonly<Record<string, unknown>>;

/** Whether it is a table and not a list, a text or anything else. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a table; none where it is no table. */
export function entriesOf(value: unknown): readonly (readonly [key: string, value: unknown])[] {
  return isTable(value) ? Object.entries(value) : [];
}

/** The tables in a list; none where it is no list. */
export function tablesOf(value: unknown): readonly Table[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

/** The texts in a list; none where it is no list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
