/** A form in which a finished image is stored beside the others; `forms.ts` says how each is made. */
export type Form =
  | 'oci' // OCI directory, layers in turn gzip, zstd and plain
  | 'oci-gzip' // OCI directory, all layers gzip
  | 'oci-plain' // OCI directory, all layers plain
  | 'oci-archive' // the first as one tar file
  | 'docker-archive' // as skopeo and podman write it: layers plain, named by their digest
  | 'docker-archive-24' // as Docker saved up to version 24: a directory for each layer
  | 'docker-archive-25' // as Docker with containerd's store saves since 25: an OCI layout and a manifest.json
  | 'root'; // the root file system as umoci unpacks it

/** One image. `folder` beside this file holds its Containerfile and what that copies in. */
export interface Recipe {
  readonly name: string;
  readonly suite: string;
  /** Debian packages of the base layer, beyond those that every Debian needs. */
  readonly include: readonly string[];
  /** Keep out documentation and translations, as slim images do. */
  readonly slim?: boolean;
  /** The Python version for which wheels are fetched. */
  readonly python?: string;
  /** Folders below `folder` whose `package-lock.json` is installed. */
  readonly npm?: readonly string[];
  /** A directory that a last layer replaces whole: from, to. */
  readonly opaque?: readonly [string, string];
  readonly forms: readonly Form[];
  /** Made only where it is asked for by name: it takes long. */
  readonly onDemand?: boolean;
}

/** The images, in the order in which they are made. Together under 3 GB and 8 minutes. */
export const recipes: readonly Recipe[] = [
  {
    name: 'debian11-node',
    suite: 'bullseye',
    include: ['ca-certificates'],
    python: '3.9',
    npm: ['app', 'hotfix'],
    opaque: ['hotfix/node_modules/cookie', '/srv/app/node_modules/cookie'],
    forms: ['oci', 'oci-gzip', 'oci-archive', 'docker-archive', 'docker-archive-25', 'root'],
  },
  {
    name: 'debian12-python',
    suite: 'bookworm',
    include: ['ca-certificates', 'curl', 'openssl'],
    python: '3.11',
    forms: ['oci', 'docker-archive', 'root'],
  },
  {
    name: 'debian13-slim',
    suite: 'trixie',
    include: ['curl'],
    slim: true,
    forms: ['oci', 'oci-plain', 'docker-archive-24', 'root'],
  },
  {
    name: 'debian12-torch',
    suite: 'bookworm',
    include: ['ca-certificates'],
    python: '3.11',
    forms: ['oci-gzip'],
    onDemand: true,
  },
];
