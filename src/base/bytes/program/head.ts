/** Bytes that tell a program, see `isProgram`. */
const elf = 0x7f454c46;
const machO = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe]);
/** Several Mach-O files in one, or a class of Java; in those the next number is the version, 45 or more. */
const fat = 0xcafebabe;
const maxArchitectures = 30;

/** Whether a file that begins so is a program or library: ELF, PE (or what else begins with `MZ`), Mach-O. */
export function isProgram(head: Buffer): boolean {
  if (head.length < 8) return false;
  if (head[0] === 0x4d && head[1] === 0x5a) return true;
  const magic = head.readUInt32BE(0);
  return magic === elf || machO.has(magic) || (magic === fat && head.readUInt32BE(4) <= maxArchitectures);
}
