import type { Listed } from '../../document/listed.ts';

/**
 * What one `uses` names; undefined for an action of the repository itself. A commit that a comment gives a whole version (as
 * Dependabot and Renovate write it) is of that version. `v4` is a tag that moves, so it is a range and no version.
 */
export function toListed(uses: string, comment: string): Listed | undefined {
  if (uses.startsWith('./') || uses.startsWith('../')) return undefined;
  if (uses.startsWith('docker://')) return toImage(uses.slice('docker://'.length));
  const at = uses.lastIndexOf('@');
  const [name, ref] = at < 0 ? [uses, ''] : [uses.slice(0, at), uses.slice(at + 1)];
  const repository = /^[^/\s]+\/[^/\s]+/.exec(name)?.[0];
  const version = isCommit(ref) ? (wholeVersion.exec(comment)?.[1] ?? ref) : isMoving(ref) ? undefined : ref;
  return { kind: 'listed', name: repository, version };
}

const wholeVersion = /^(?:[\w./-]{1,100}@|tag=)?(v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][\w.+-]{1,100})?)(?:\s|$)/;

function isCommit(ref: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(ref);
}

function isMoving(ref: string): boolean {
  return /^v?\d{1,9}(?:\.\d{1,9})?$/.test(ref);
}

/** `registry.example.org:5000/name:1.0`, `name@sha256:...` */
function toImage(image: string): Listed {
  const [tagged = '', digest] = image.split('@', 2);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const name = colon < 0 ? tagged : tagged.slice(0, colon);
  return { kind: 'listed', type: 'docker', name, version: digest ?? (colon < 0 ? undefined : tagged.slice(colon + 1)) };
}
