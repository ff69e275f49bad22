const group = /^[A-Za-z_][\w-]{0,60}(?:\.[\w-]{1,60}){1,12}$/;

/** A text that can be a group: names with dots between. */
export function isGroup(text: string | undefined): text is string {
  return text !== undefined && group.test(text);
}

/**
 * The group that a bundle's symbolic name was made of. The plug-in for bundles joins group and artifact; where the artifact begins with
 * the last name of the group, that stands once. Undefined where the name tells nothing, or more than one thing.
 * https://felix.apache.org/documentation/subprojects/apache-felix-maven-bundle-plugin-bnd.html#_default_behavior
 */
export function groupOfBundle(symbolicName: string, artifact: string): string | undefined {
  if (!isGroup(symbolicName)) return undefined;
  const names = symbolicName.split('.');
  for (let count = names.length - 1; count > 1; count--) {
    const rest = names.slice(count).join('.');
    const last = names[count - 1]!;
    if (artifact === `${last}-${rest}`) return names.slice(0, count).join('.');
  }
  // `com.google.guava` may be com.google:guava or com.google.guava:guava. Where the group has three names, nobody repeats the last.
  const prefix = symbolicName.slice(0, -artifact.length - 1);
  return symbolicName === `${prefix}.${artifact}` && prefix.split('.').length > 2 ? prefix : undefined;
}
