/** Every key that the starts lead to, themselves included. Cycles are fine: each key is followed once. */
export function findReachable(starts: Iterable<string>, next: (key: string) => Iterable<string>): Set<string> {
  const found = new Set(starts);
  // A set yields what is added to it while it is iterated.
  for (const key of found) for (const target of next(key)) found.add(target);
  return found;
}
