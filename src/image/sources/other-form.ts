import { Folder, type StoredFiles } from './stored-files.ts';

/** Files that a root file system has one of. */
const rootFiles = ['etc/os-release', 'usr/lib/os-release', 'etc/passwd', 'lib/apk/db/installed', 'var/lib/dpkg/status'];

/** What an image seems to be that is not of the form that was asked for, and what reads it; empty where that is not known. */
export async function otherFormOf(files: StoredFiles): Promise<string> {
  return files instanceof Folder ? otherFormOfFolder(files) : otherFormOfArchive(files);
}

async function otherFormOfFolder(files: Folder): Promise<string> {
  const { name } = files;
  if ((await files.find('manifest.json')) !== undefined)
    return ` If it is what \`docker save\` wrote, unpacked: tar -C ${name} -cf app.tar . && plimsoll scan docker-archive:app.tar`;
  return ` If it is a root file system: plimsoll scan dir:${name}`;
}

async function otherFormOfArchive(files: StoredFiles): Promise<string> {
  const { name } = files;
  if ((await files.find('manifest.json')) !== undefined)
    return ` It looks like what \`docker save\` writes: plimsoll scan docker-archive:${name}`;
  for (const path of rootFiles)
    if ((await files.find(path)) !== undefined)
      return ` It looks like a root file system: mkdir root && tar -C root -xf ${name} && plimsoll scan dir:root`;
  return '';
}
