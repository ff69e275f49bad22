import { ArchiveMembers } from '../archive-members.ts';
import type { DocumentMemory } from '../source.ts';
import { type SaveStream, SentImage, type SentMember } from './saved-image.ts';

/** Raised when what is remembered changes its form. */
const form = 1;

/** Which archive of which image. */
function keyOf(id: string, platform: string): string {
  return `engine image ${form} ${id} ${platform}`;
}

interface Remembered {
  /** Name, size and, of documents, the bytes in base64. */
  readonly files: readonly (readonly [name: string, size: number, bytes?: string])[];
  readonly links: readonly (readonly [name: string, target: string])[];
}

/** The members of an image that was opened before; undefined where nothing is remembered. */
export async function recallImage(
  memory: DocumentMemory | undefined,
  { id, platform }: { readonly id: string; readonly platform: string },
  stream: SaveStream,
): Promise<SentImage | undefined> {
  const bytes = await memory?.get(keyOf(id, platform));
  if (bytes === undefined) return undefined;
  const { files, links } = JSON.parse(bytes.toString('utf8')) as Remembered;
  const members = new ArchiveMembers<SentMember>();
  for (const [name, size, text] of files)
    members.files.set(name, text === undefined ? { size } : { size, bytes: Buffer.from(text, 'base64') });
  for (const [name, target] of links) members.links.set(name, target);
  return new SentImage(members, stream);
}

/** Remembers which members an image has, and the bytes of its documents; layers are remembered by what they hold. */
export async function rememberImage(
  memory: DocumentMemory | undefined,
  { id, platform }: { readonly id: string; readonly platform: string },
  image: SentImage,
): Promise<void> {
  if (memory === undefined) return;
  const { files, links } = image.members;
  const documents = new Set([...image.documents].map((name) => image.members.find(name)));
  const remembered: Remembered = {
    files: [...files].map(([name, member]) => {
      const { size, bytes } = member;
      return documents.has(member) && bytes !== undefined ? [name, size, bytes.toString('base64')] : [name, size];
    }),
    links: [...links],
  };
  await memory.put(keyOf(id, platform), Buffer.from(JSON.stringify(remembered)));
}
