/** Attributes of the main section by their names in lower case. */
export type Manifest = ReadonlyMap<string, string>;

const maxAttributes = 1000;
/** OSGi bundles list all packages that they need in one attribute. */
const maxValueLength = 4096;

/** Reads the main section of a manifest. https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html#jar-manifest */
export function parseManifest(bytes: Buffer): Manifest {
  const attributes = new Map<string, string>();
  let name = '';
  for (const line of mainLines(bytes)) {
    if (line[0] === ' ') {
      const known = attributes.get(name);
      // A line has at most 72 bytes; the rest follows behind a space.
      if (known !== undefined && known.length < maxValueLength) attributes.set(name, known + line.slice(1));
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0 || attributes.size >= maxAttributes) continue;
    name = line.slice(0, colon).trim().toLowerCase();
    attributes.set(name, line.slice(colon + 1).trimStart());
  }
  return attributes;
}

function* mainLines(bytes: Buffer): Generator<string> {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(at, text[end - 1] === '\r' ? end - 1 : end);
    // Behind an empty line come the sections of single files.
    if (line === '') return;
    yield line;
    at = end + 1;
  }
}
