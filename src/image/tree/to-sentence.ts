/** A message with a capital and a full stop; a path at its beginning keeps its letters. */
export function toSentence(message: string, path: string): string {
  const isPath = path !== '' && message.startsWith(path);
  return `${isPath ? '' : message[0]!.toUpperCase()}${message.slice(isPath ? 0 : 1)}.`;
}
