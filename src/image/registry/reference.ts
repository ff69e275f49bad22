import { PlimsollError } from '../../base/errors.ts';
import type { Digest } from '../../base/model/image.ts';
import { parseDigest } from '../manifest.ts';

/** An image in a registry. Where there is a digest, it decides, whatever the tag. */
export interface RegistryReference {
  /** Host, and port where one is written; `docker.io` for Docker Hub. */
  readonly registry: string;
  /** Names joined by slashes. */
  readonly repository: string;
  /** `latest` where neither tag nor digest are written. */
  readonly tag?: string;
  readonly digest?: Digest;
}

/** Docker Hub under the names that its users write. */
const dockerHubNames: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** Bytes of a repository's name with its registry, in the reference implementation of the distribution project. */
const maxNameLength = 255;

/**
 * Reads `[HOST[:PORT]/]NAME[:TAG][@DIGEST]` by the rules of Docker's references: without a host, or with a first name that is
 * none, the image is of Docker Hub. Throws `reference-unreadable` with what is wrong.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export function parseRegistryReference(text: string): RegistryReference {
  const refuse = (detail: string) =>
    new PlimsollError(
      'reference-unreadable',
      `${JSON.stringify(text.slice(0, 300))} is no image reference: ${detail}. Write [HOST[:PORT]/]NAME[:TAG][@DIGEST].`,
    );
  if (text.length > 1024) throw refuse('it is too long');
  if (/^[a-z-]+:\/\//i.test(text)) throw refuse('a registry is written without a scheme such as https://');
  const { name, tag, digest } = splitReference(text, refuse);
  const { registry, repository } = splitName(name, refuse);
  checkRepository(repository, refuse);
  if (name.length > maxNameLength) throw refuse(`its name is longer than ${maxNameLength} characters`);
  const chosen = tag ?? (digest === undefined ? 'latest' : undefined);
  return {
    registry,
    repository,
    ...(chosen === undefined ? {} : { tag: chosen }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The reference with all that was left out, as it is shown. */
export function formatRegistryReference({ registry, repository, tag, digest }: RegistryReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

type Refuse = (detail: string) => PlimsollError;

function splitReference(text: string, refuse: Refuse): { name: string; tag?: string; digest?: Digest } {
  const at = text.indexOf('@');
  const before = at < 0 ? text : text.slice(0, at);
  const digest = at < 0 ? undefined : parseDigest(text.slice(at + 1));
  if (at >= 0 && digest === undefined)
    throw refuse('after @ comes no digest, which is sha256: and 64 (sha512: and 128) hexadecimal digits in lower case');
  // A colon before the last slash is of the port.
  const colon = before.lastIndexOf(':');
  const hasTag = colon > before.lastIndexOf('/');
  const tag = hasTag ? before.slice(colon + 1) : undefined;
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag))
    throw refuse('after the last colon comes no tag, which is up to 128 letters, digits, _ . and -');
  return {
    name: hasTag ? before.slice(0, colon) : before,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

function splitName(name: string, refuse: Refuse): Pick<RegistryReference, 'registry' | 'repository'> {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const registry = hasHost ? toRegistry(first, refuse) : 'docker.io';
  const repository = hasHost ? name.slice(slash + 1) : name;
  const isOfficial = registry === 'docker.io' && repository !== '' && !repository.includes('/');
  return { registry, repository: isOfficial ? `library/${repository}` : repository };
}

function toRegistry(text: string, refuse: Refuse): string {
  const lower = text.toLowerCase();
  if (dockerHubNames.has(lower)) return 'docker.io';
  const match = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?)(?::(\d{1,5}))?$/.exec(lower);
  const port = match?.[2] === undefined ? 1 : Number(match[2]);
  if (match === null || port < 1 || port > 65535 || URL.parse(`https://${lower}/`) === null)
    throw refuse(`${JSON.stringify(text.slice(0, 100))} is no host`);
  return lower;
}

function checkRepository(repository: string, refuse: Refuse): void {
  if (repository === '') throw refuse('it has no name');
  if (repository !== repository.toLowerCase()) throw refuse('names are written in lower case');
  for (const name of repository.split('/'))
    if (!/^[a-z0-9]+(?:(?:\.|_{1,2}|-{1,100})[a-z0-9]+)*$/.test(name))
      throw refuse(
        `${JSON.stringify(name.slice(0, 100))} is no name, which is letters and digits, joined by . _ __ or -`,
      );
}
