// How ecosystems compare the names of packages, and how purl writes them.

export function asItIs(name: string): string {
  return name;
}

export function toLowerCase(name: string): string {
  return name.toLowerCase();
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function toPypiName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** Lower-case with underscores. https://dart.dev/tools/pub/pubspec#name */
export function toPubName(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

/** `group:artifact`, as OSV has it, also of `group/artifact`, the namespace and name of a purl. */
export function toMavenName(name: string): string {
  return name.replace('/', ':');
}

/** Host and path of a repository's address, as OSV has it: `github.com/apple/swift-nio`. */
export function toSwiftName(name: string): string {
  const address = name.replace(/^[a-z+]{1,10}:\/\//i, '').replace(/^[^/@:]+@/, '');
  return address
    .replace(/^([^/:]+):(?=[^/])/, '$1/')
    .replace(/\/$/, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
}
