import { readFileSync } from 'node:fs';
import { runCommand } from './commands.ts';

/**
 * The Debian mirror that this machine itself uses, from apt's configuration; `$PLIMSOLL_DEBIAN_MIRROR` overrides.
 * Security archives are left out on purpose: an image as first released has the most to find.
 */
export function findDebianMirror(): string {
  if (process.env.PLIMSOLL_DEBIAN_MIRROR) return process.env.PLIMSOLL_DEBIAN_MIRROR;
  const release = codename();
  const format = ['--format', '$(RELEASE) $(REPO_URI)', 'Created-By: Packages'];
  const lines = runCommand('apt-get', ['indextargets', ...format]).split('\n');
  const mirror = lines.map((line) => line.split(' ')).find(([suite]) => suite === release || suite === 'stable')?.[1];
  if (mirror !== undefined) return mirror;
  throw new Error(`apt knows no archive for ${release}: set PLIMSOLL_DEBIAN_MIRROR to the URL of a Debian mirror`);
}

function codename(): string | undefined {
  return readFileSync('/etc/os-release', 'utf8').match(/^VERSION_CODENAME="?([a-z]{1,40})/m)?.[1];
}
