import type { FilePattern } from '../../cataloguer.ts';
import type { Signature } from './signature.ts';

const endings = ['.so', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Tells which signatures a file may bear, by its path. */
export class SignatureIndex {
  /** By base name, where that has no star. */
  readonly #named = new Map<string, Row[]>();
  /** By the letters of the base name before what may vary. */
  readonly #starred = new Map<string, Row[]>();
  /** How many letters those have, from few to many. */
  readonly #lengths: readonly number[];

  constructor(signatures: readonly Signature[]) {
    for (const signature of signatures) for (const file of signature.files) this.#add(file, signature);
    this.#lengths = [...new Set([...this.#starred.keys()].map(({ length }) => length))].sort((a, b) => a - b);
  }

  of(path: string): readonly Signature[] {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const rows = [...(this.#named.get(name) ?? [])];
    for (const length of this.#lengths)
      if (length <= name.length) rows.push(...(this.#starred.get(name.slice(0, length)) ?? []));
    return rows.filter(({ fits }) => fits.test(path)).map(({ signature }) => signature);
  }

  #add(file: string, signature: Signature): void {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const fixed = name.search(/[*#]|\.so/);
    const map = fixed < 0 ? this.#named : this.#starred;
    const key = fixed < 0 ? name : name.slice(0, fixed);
    map.set(key, [...(map.get(key) ?? []), { signature, fits: toExpression(file) }]);
  }
}

type Row = { readonly signature: Signature; readonly fits: RegExp };

/** auditwheel puts eight digits of a hash into the names of libraries that Python's packages bring: `libz-eb09ad1d.so.1.3.1`. */
function toExpression(file: string): RegExp {
  const text = file
    .replace(/[.+]/g, '\\$&')
    .replace(/(?<!#)\\\.so/, '(?:-[\\da-f]{8})?\\.so')
    .replaceAll('*', '[\\d.]{0,20}')
    .replaceAll('#', '[\\da-f]{16}');
  return new RegExp(`(?:^|/)${text}$`);
}

/** The files of signatures: by name, and those with a version in their name by how that ends. */
export function patternsOf(signatures: readonly Signature[]): FilePattern[] {
  const index = new SignatureIndex(signatures);
  const test = (path: string) => index.of(path).length > 0;
  const names = signatures.flatMap(({ files }) => files.map((file) => file.slice(file.lastIndexOf('/') + 1)));
  const whole = new Set(names.map((name) => (name.endsWith('*') ? name.slice(0, -1) : name)));
  return [
    ...[...whole].filter((name) => !/[*#]/.test(name)).map((name) => ({ name, test })),
    ...endings.map((suffix) => ({ suffix, test })),
  ];
}
