/** Longest address that is kept. */
const maxAddressLength = 2048;

/** An address as it may be shown: lock files hold passwords before the host and tokens in the query. */
export function withoutCredentials(address: string): string {
  return address
    .slice(0, maxAddressLength)
    .replace(/:\/\/[^/@]{1,1024}@/, (found) => (found === '://git@' ? found : '://'))
    .replace(/\?[^#]{0,2048}/, '');
}
