/** What to show a registry. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** A refresh token, as `docker login` keeps it for registries of the OAuth2 flow. */
  | { readonly kind: 'identity-token'; readonly username: string; readonly token: string }
  /** A token that goes to the registry as it is. */
  | { readonly kind: 'registry-token'; readonly token: string };

/** The user name by which credential helpers say that the secret is an identity token. */
const identityTokenUser = '<token>';

/** Credentials of a user name and a secret; undefined where there is no secret. */
export function toCredentials(username: string, secret: string): Credentials | undefined {
  if (secret === '') return undefined;
  return username === identityTokenUser
    ? { kind: 'identity-token', username: '', token: secret }
    : { kind: 'password', username, password: secret };
}

/** The value of an `Authorization` header. */
export function toBasicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}
