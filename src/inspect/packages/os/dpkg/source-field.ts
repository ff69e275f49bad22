/** `Source: openssl (1.1.1n-0+deb11u5)`; the field is there only where name or version differ from the binary package's. */
export function parseSourceField(
  field: string | undefined,
  name: string,
  version: string,
): { name: string; version: string } {
  const match = /^(\S{1,200})(?:\s{1,10}\(([^()\s]{1,256})\))?$/.exec(field ?? '');
  return { name: match?.[1] ?? name, version: match?.[2] ?? version };
}
