import type { FilePattern } from '../../cataloguer.ts';
import type { Signature } from './signature.ts';

const endings = ['.so', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Tells which signatures a file may bear, by its path. */
export class SignatureIndex {
  /** By base name, where that has no star. */
  readonly #named = new Map<string, Row[]>();
  /** By the first letters of the base name, which all of them have. */
  readonly #starred = new Map<string, Row[]>();

  constructor(signatures: readonly Signature[]) {
    for (const signature of signatures) for (const file of signature.files) this.#add(file, signature);
  }

  of(path: string): readonly Signature[] {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const rows = [...(this.#named.get(name) ?? []), ...(this.#starred.get(name.slice(0, prefixLength)) ?? [])];
    return rows.filter(({ fits }) => fits.test(path)).map(({ signature }) => signature);
  }

  #add(file: string, signature: Signature): void {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const map = name.includes('*') ? this.#starred : this.#named;
    const key = name.includes('*') ? name.slice(0, prefixLength) : name;
    map.set(key, [...(map.get(key) ?? []), { signature, fits: toExpression(file) }]);
  }
}

type Row = { readonly signature: Signature; readonly fits: RegExp };

/** Every name with a star begins with so many letters of its own. */
const prefixLength = 3;

function toExpression(file: string): RegExp {
  const text = file.replace(/[.+]/g, '\\$&').replaceAll('*', '[\\d.]{0,20}');
  return new RegExp(`(?:^|/)${text}$`);
}

/** The files of signatures: by name, and those with a version in their name by how that ends. */
export function patternsOf(signatures: readonly Signature[]): FilePattern[] {
  const index = new SignatureIndex(signatures);
  const test = (path: string) => index.of(path).length > 0;
  const names = signatures.flatMap(({ files }) => files.map((file) => file.slice(file.lastIndexOf('/') + 1)));
  const whole = new Set(names.map((name) => (name.endsWith('*') ? name.slice(0, -1) : name)));
  return [
    ...[...whole].filter((name) => !name.includes('*')).map((name) => ({ name, test })),
    ...endings.map((suffix) => ({ suffix, test })),
  ];
}
