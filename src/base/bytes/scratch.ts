/** Memory for one value at a time, which grows with the largest: what was given before is overwritten. */
export function scratchMemory(): (length: number) => Buffer {
  let memory: Buffer = Buffer.alloc(0);
  return (length) => {
    if (length > memory.length) memory = Buffer.allocUnsafe(length);
    return memory.subarray(0, length);
  };
}
