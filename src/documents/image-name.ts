import type { Report } from '../base/model/report.ts';
import { toPurl } from '../base/purl.ts';

/** What an image is called in a registry or an engine. */
export interface ImageName {
  /** As the user wrote it: `debian`, `registry.example:5000/shop/app`. */
  readonly repository: string;
  readonly tag?: string;
}

/** Sources whose references are names of images; those of all others are paths. */
const namingSchemes = /^(?:registry|docker|podman|containerd):(?=.)/;
/** A host, port and path of at most 255 characters each, as in the distribution specification, and a tag of 128. */
const maxNameLength = 1024;
const nameGrammar = /^((?:[\w.-]+(?::\d{1,5})?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*)(?::([\w.-]+))?$/;

/** Reads the name in a reference; undefined where it is a path or no name. */
export function parseImageName(reference: string): ImageName | undefined {
  if (reference.length > maxNameLength || !namingSchemes.test(reference)) return undefined;
  const name = reference.replace(namingSchemes, '').split('@', 1)[0]!;
  const [, repository, tag] = nameGrammar.exec(name) ?? [];
  return repository === undefined ? undefined : { repository, ...(tag === undefined ? {} : { tag }) };
}

/**
 * The image as a purl; undefined without a name or a digest, which make its identity. The repository's address is in it only
 * if the user wrote the host. https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md
 */
export function toImagePurl({ reference, digest, platform }: Report['image']): string | undefined {
  const name = parseImageName(reference);
  if (name === undefined || digest === undefined) return undefined;
  const [first, ...rest] = name.repository.split('/') as [string, ...string[]];
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return toPurl({
    type: 'oci',
    name: (rest.at(-1) ?? first).toLowerCase(),
    version: digest,
    qualifiers: {
      ...(platform ? { arch: platform.architecture } : {}),
      ...(hasHost ? { repository_url: name.repository } : {}),
      ...(name.tag ? { tag: name.tag } : {}),
    },
  });
}
