/** Where apt, dnf, yum and zypper keep what they downloaded. */
const cacheFolder = /^var\/(?:cache\/(?:apt|dnf|libdnf5|yum|zypp|PackageKit)|lib\/dnf|lib\/yum)\//;

/**
 * Whether a package file is no more than what a package manager left of its work. What is installed is in the database, and what was
 * removed again must not be listed.
 */
export function isInPackageCache(path: string): boolean {
  return cacheFolder.test(path);
}
