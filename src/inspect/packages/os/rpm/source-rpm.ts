/**
 * Name and version of a source package by its file name: `bash-5.1.8-6.el9.src.rpm` is bash 5.1.8-6.el9. The name does not tell the
 * epoch; packages are nearly always built with that of their source.
 * @param epoch Of the binary package.
 */
export function parseSourceRpm(
  fileName: string,
  epoch: number | undefined,
): { name: string; version: string } | undefined {
  const match = /^([^/\s]{1,512})-([^-/\s]{1,256})-([^-/\s]{1,256})\.(?:no)?src\.rpm$/.exec(fileName.slice(0, 1100));
  return match ? { name: match[1]!, version: toVersion(epoch, match[2]!, match[3]!) } : undefined;
}

/** `[epoch:]version-release`, as rpm's own `%{EVR}`. */
export function toVersion(epoch: number | undefined, version: string, release: string): string {
  return `${epoch === undefined ? '' : `${epoch}:`}${version}-${release}`;
}
