import type { ZipEntry } from '../../../../base/bytes/zip.ts';
import { isArchiveName } from './suffix.ts';

/** What Maven left of one artifact. */
export interface PomMembers {
  properties?: ZipEntry;
  xml?: ZipEntry;
}

/** The entries of an archive that say what it is, and the archives in it. */
export interface Members {
  readonly manifest: ZipEntry | undefined;
  /** Of Spring Boot. https://docs.spring.io/spring-boot/reference/actuator/endpoints.html#actuator.endpoints.sbom */
  readonly bill: ZipEntry | undefined;
  /** One for each artifact that was put into the archive. */
  readonly poms: readonly PomMembers[];
  readonly archives: readonly ZipEntry[];
}

/** Of entries that have one name, the last counts. */
export function selectMembers(entries: readonly ZipEntry[]): Members {
  let manifest: ZipEntry | undefined;
  let bill: ZipEntry | undefined;
  const poms = new Map<string, PomMembers>();
  const archives = new Map<string, ZipEntry>();
  for (const entry of entries) {
    const { name } = entry;
    if (isArchiveName(name)) archives.set(name, entry);
    else if (/^META-INF\/MANIFEST\.MF$/i.test(name)) manifest = entry;
    else if (name === 'META-INF/sbom/application.cdx.json') bill = entry;
    else addPom(poms, entry);
  }
  return { manifest, bill, poms: [...poms.values()], archives: [...archives.values()] };
}

function addPom(poms: Map<string, PomMembers>, entry: ZipEntry): void {
  // Classes of a web application lie deeper, and with them what other archives say that were unpacked there.
  const [, folder, kind] = /(?:^|\/)(META-INF\/maven\/[^/]+\/[^/]+\/)pom\.(properties|xml)$/.exec(entry.name) ?? [];
  if (folder === undefined) return;
  const pom = poms.get(folder) ?? {};
  if (kind === 'xml') pom.xml = entry;
  else pom.properties = entry;
  poms.set(folder, pom);
}
