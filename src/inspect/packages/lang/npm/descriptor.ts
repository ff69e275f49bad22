import { maxVersionLength } from '../../../../base/versions/order.ts';

/** A package and what was asked of it: `@scope/name@^1.0.0`, `name@npm:1.2.3`, `name@https://...`. */
export interface Descriptor {
  readonly name: string;
  readonly range: string;
}

/** Letters that names could have before 2014 included. https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const namePattern = /^(?:@[\w~!'()*-][\w.~!'()*-]{0,212}\/)?[\w~!'()*-][\w.~!'()*-]{0,213}$/;

/** A number first; that its order can read the rest is seen when it is compared. */
const versionPattern = /^[v=]?\d[\w.+-]*$/;

/** Whether a text can be the name of a package. */
export function isPackageName(text: string): boolean {
  return text.length <= 214 && namePattern.test(text);
}

/** Whether a text can be the version of a package: no range, tag, address or template. */
export function isVersion(text: string): boolean {
  return text.length <= maxVersionLength && versionPattern.test(text);
}

/** Splits at the first `@` that opens no scope; undefined without one. */
export function splitDescriptor(text: string): Descriptor | undefined {
  const at = text.indexOf('@', 1);
  return at < 0 ? undefined : { name: text.slice(0, at), range: text.slice(at + 1) };
}

/** What an alias stands for: `npm:lodash@4.17.10` is lodash's 4.17.10. Undefined if the range is no alias. */
export function parseAlias(range: string): Descriptor | undefined {
  return range.startsWith('npm:') ? splitDescriptor(range.slice(4)) : undefined;
}

/** Whether a range is looked up in the registry: no range of versions and no tag has a colon or slash. */
export function isRegistryRange(range: string): boolean {
  return range.startsWith('npm:') || !/[:/]/.test(range);
}

/** The commit that an address of git ends in: `...#<sha>`, `...#commit=<sha>`. */
export function commitOf(address: string): string | undefined {
  return /#(?:commit=)?([0-9a-f]{7,64})$/.exec(address.slice(-80))?.[1];
}
