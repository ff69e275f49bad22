/** Archives as a Java machine or server takes them: resource adapters (`.rar`), NiFi, Jenkins, Karaf, JBoss, Liferay among them. */
const archive = /\.(?:jar|war|ear|par|nar|jpi|hpi|kar|sar|lpkg|far|rar)$/i;
/** Of these no other format is called so. */
const surely = /\.(?:jar|war|ear|jpi|hpi|lpkg)$/i;

/** Whether a file inside an archive is one itself, by its name. */
export function isArchiveName(name: string): boolean {
  return archive.test(name);
}

/** Whether a file that is no zip archive ought to be one. Others may be songs (`.kar`), parity data (`.par`) or RAR. */
export function mustBeArchive(name: string): boolean {
  return surely.test(name);
}

/** Name of the file without folders and suffix. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(archive, '');
}
