import { parseXml, type XmlElement } from '../../../base/bytes/xml.ts';
import type { Limits } from '../../../base/limits.ts';
import type { OpenFile } from '../cataloguer.ts';
import { failed, type Parsed } from './problem.ts';
import { decodeText } from './text.ts';

/** The largest project files of real builds have some thousands. */
const maxElements = 200_000;

/** Parses a file of XML, in UTF-8 or, as Visual Studio may write it, in UTF-16 with a byte order mark. */
export function parseXmlFile(file: OpenFile, limits: Limits): Parsed<XmlElement> {
  const read = parseXml(toText(file), { maxDepth: limits.maxDepth, maxElements });
  return 'root' in read ? { value: read.root } : failed(file, read.damage.code, read.damage.message, read.damage.line);
}

function toText(file: OpenFile): string {
  const [first, second] = file.bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(file.bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(file.bytes);
  return decodeText(file);
}
