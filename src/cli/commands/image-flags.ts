const text = (value: string) => value;

/** Flags of every command that opens one image. */
export const imageFlags = {
  platform: {
    kind: 'parsed',
    parse: text,
    optional: true,
    placeholder: 'os/arch',
    brief: 'Which image of an index, such as linux/arm64',
  },
  allowProblems: { kind: 'boolean', optional: true, brief: 'Exit 0 even if a part of the image could not be read' },
  noCache: {
    kind: 'boolean',
    optional: true,
    withNegated: false,
    brief: 'Neither read nor write what is remembered of layers',
  },
  registryCa: {
    kind: 'parsed',
    parse: text,
    optional: true,
    placeholder: 'file',
    brief: 'Certificates to trust beside the system ones',
  },
  insecureHttp: {
    kind: 'boolean',
    optional: true,
    brief: 'Allow plain http to a registry or engine that is not this machine',
  },
  config: {
    kind: 'parsed',
    parse: text,
    optional: true,
    placeholder: 'file',
    brief: 'Settings; else ./plimsoll.yaml if there is one',
  },
  quiet: { kind: 'boolean', optional: true, brief: 'No progress or notes on stderr, just errors' },
} as const;

/** The image that such a command is given. */
export const imageParameter = {
  brief:
    'Image or root file system: registry:, docker:, podman:, containerd:, docker-archive:, oci-archive:, oci-dir:, dir:',
  parse: text,
  placeholder: 'reference',
} as const;
