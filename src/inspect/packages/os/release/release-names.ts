/** A distribution as the first line of its own file names it. */
interface NamedDistribution {
  /** How the line begins, in lower case. */
  readonly word: string;
  /** `ID` of its os-release. */
  readonly id: string;
  readonly idLike: readonly string[];
}

const likeRedHat = ['rhel', 'fedora'];

/** Lines such as `CentOS Linux release 7.9.2009 (Core)`, `CBL-Mariner 2.0.20240117`; the ids are those of newer releases' os-release. */
const names: readonly NamedDistribution[] = [
  { word: 'red hat enterprise', id: 'rhel', idLike: likeRedHat },
  { word: 'centos', id: 'centos', idLike: likeRedHat },
  { word: 'rocky', id: 'rocky', idLike: likeRedHat },
  { word: 'almalinux', id: 'almalinux', idLike: likeRedHat },
  { word: 'oracle', id: 'ol', idLike: likeRedHat },
  { word: 'enterprise linux enterprise', id: 'ol', idLike: likeRedHat },
  { word: 'fedora', id: 'fedora', idLike: likeRedHat },
  { word: 'amazon', id: 'amzn', idLike: likeRedHat },
  { word: 'scientific', id: 'scientific', idLike: likeRedHat },
  { word: 'eurolinux', id: 'eurolinux', idLike: likeRedHat },
  { word: 'cloudlinux', id: 'cloudlinux', idLike: likeRedHat },
  { word: 'miracle', id: 'miraclelinux', idLike: likeRedHat },
  { word: 'anolis', id: 'anolis', idLike: likeRedHat },
  { word: 'alibaba', id: 'alinux', idLike: likeRedHat },
  { word: 'tencentos', id: 'tencentos', idLike: likeRedHat },
  { word: 'opencloudos', id: 'opencloudos', idLike: likeRedHat },
  { word: 'openeuler', id: 'openeuler', idLike: [] },
  { word: 'mageia', id: 'mageia', idLike: [] },
  { word: 'mandriva', id: 'mandriva', idLike: [] },
  { word: 'alt ', id: 'altlinux', idLike: [] },
  { word: 'vmware photon', id: 'photon', idLike: [] },
  { word: 'photon', id: 'photon', idLike: [] },
  { word: 'cbl-mariner', id: 'mariner', idLike: [] },
  { word: 'mariner', id: 'mariner', idLike: [] },
  { word: 'microsoft azure linux', id: 'azurelinux', idLike: [] },
  { word: 'azure linux', id: 'azurelinux', idLike: [] },
  { word: 'gentoo', id: 'gentoo', idLike: [] },
  { word: 'slackware', id: 'slackware', idLike: [] },
  { word: 'suse linux enterprise server', id: 'sles', idLike: ['suse'] },
  { word: 'suse linux enterprise desktop', id: 'sled', idLike: ['suse'] },
  { word: 'opensuse', id: 'opensuse', idLike: ['suse'] },
];

/** The distribution that a line begins with the name of. */
export function distributionNamed(line: string): NamedDistribution | undefined {
  const lower = line.toLowerCase();
  return names.find(({ word }) => lower.startsWith(word));
}
