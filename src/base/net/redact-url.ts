/** An address as it may be shown: without credentials, query (which may be a signature) and fragment, at most 300 characters. */
export function redactUrl(url: string | URL): string {
  const parsed = typeof url === 'string' ? URL.parse(url) : url;
  if (parsed === null) return 'an address that cannot be read';
  const query = parsed.search === '' ? '' : '?…';
  const shown = `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
  return `${shown.length > 300 ? `${shown.slice(0, 300)}…` : shown}${query}`;
}
