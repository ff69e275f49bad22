/** One way to log in that a server offers. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** By name in lower case; the last of several is kept. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Characters of the header that are looked at; Node's own limit on all headers together is 16 KiB. */
const maxLength = 16 * 1024;

/**
 * Reads a `WWW-Authenticate` header, which may hold several challenges. What breaks the grammar ends the reading: what came
 * before still counts. https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate
 */
export function parseChallenges(header: string | undefined): Challenge[] {
  const text = (header ?? '').slice(0, maxLength);
  // A scheme; or a parameter, its value quoted or not.
  const part = /[\s,]*([!#$%&'*+.^_`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w-]+)))?(?=[\s,]|$)/sy;
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    const [, name, quoted, token] = match as unknown as [string, string, string | undefined, string | undefined];
    const value = quoted?.replace(/\\(.)/gs, '$1') ?? token;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return challenges;
}
