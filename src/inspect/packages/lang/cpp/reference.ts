import type { Listed } from '../../document/listed.ts';

/** `name/version@user/channel#revision%time:package`, all after the version optional. */
const reference = /^([^\s/@#%:]{1,200})\/([^\s/@#%:[\]]{1,200})(?:@([^\s#%:]{1,300}))?(?:[#%:]|$)/;

/**
 * A package by Conan's reference. One with a user and channel is not ConanCenter's. Its version is open where it is a range.
 * https://docs.conan.io/2/reference/conanfile/attributes.html
 */
export function toReference(text: string, development = false, line?: number): Listed {
  const [, name, version, user] = reference.exec(text.slice(0, 2000)) ?? [];
  const origin = user === undefined || user === '_/_' ? undefined : user;
  const place = line === undefined ? {} : { line };
  return {
    kind: 'listed',
    name: name ?? text.split(/[/@]/, 1)[0]!.slice(0, 200),
    version,
    origin,
    development,
    ...place,
  };
}
