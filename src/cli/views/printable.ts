/** Longest text that is shown; messages have some 200 characters. */
const maxLength = 2000;

/**
 * Text that cannot steer a terminal or hide in it: control and format characters (escape sequences, line ends, marks that turn
 * the direction), halves of surrogates, and what Unicode has not assigned become U+FFFD. Variation selectors go, as terminals
 * disagree on their width; of a pile of combining marks three stay. Doing it twice changes nothing.
 */
export function printable(text: string): string {
  if (/^[\x20-\x7e]{0,2000}$/.test(text)) return text;
  const cut = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  return cut
    .replace(/[\ufe00-\ufe0f]/g, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
}
