/** Each value of JSON or YAML follows one of these; commas and the like inside strings count too, so this is an upper bound. */
export function hasMoreValues(bytes: Uint8Array, most: number): boolean {
  if (bytes.length <= most) return false;
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x2c || byte === 0x5b || byte === 0x7b) count++;
    else if ((byte === 0x2d || byte === 0x3f) && bytes[at + 1] === 0x20) count++;
    else if (byte === 0x0a && bytes[at + 1] !== 0x0a) count++;
  }
  return count > most;
}
