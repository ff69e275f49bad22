/** An element with what its tags hold, its name without prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, trimmed. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** Why a text was not read. */
export interface XmlDamage {
  readonly code: 'truncated' | 'malformed' | 'too-deep' | 'too-many' | 'unsupported';
  readonly message: string;
  readonly line: number;
}

export interface XmlLimits {
  readonly maxDepth: number;
  /** Each takes some 300 bytes. */
  readonly maxElements: number;
}

/** An element whose end was not seen yet. */
type OpenElement = XmlElement & { readonly children: XmlElement[]; text: string };

const maxAttributes = 100;
/** Name of a tag or attribute. https://www.w3.org/TR/xml/#NT-Name, less strict. */
const name = /[^\s<>/=!?"'&]{1,200}/y;
const space = /\s*/y;
const equals = /\s*=\s*/y;
const entity = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Reads what build tools write in XML: elements, attributes, text, CDATA, the five entities and numbered characters. Comments and
 * processing instructions are stepped over. A document type is refused, and so every entity that it could define. In linear time.
 * https://www.w3.org/TR/xml/
 */
export function parseXml(
  text: string,
  limits: XmlLimits,
): { readonly root: XmlElement } | { readonly damage: XmlDamage } {
  const reader = new XmlReader(text, limits);
  const damage = reader.read();
  return damage ? { damage } : { root: reader.root! };
}

class XmlReader {
  root: XmlElement | undefined;
  readonly #text: string;
  readonly #limits: XmlLimits;
  readonly #open: OpenElement[] = [];
  #at = 0;
  #count = 0;
  #line = 1;
  #counted = 0;

  constructor(text: string, limits: XmlLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  read(): XmlDamage | undefined {
    const text = this.#text;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
    while (this.#at < text.length) {
      const tag = text.indexOf('<', this.#at);
      const end = tag < 0 ? text.length : tag;
      const damage = this.#addText(text.slice(this.#at, end)) ?? (tag < 0 ? undefined : this.#readMarkup(tag));
      if (damage) return damage;
      if (tag < 0) break;
    }
    this.#at = text.length;
    return this.root && this.#open.length === 0 ? undefined : this.#damage('truncated', 'it ends too early');
  }

  #readMarkup(tag: number): XmlDamage | undefined {
    const text = this.#text;
    this.#at = tag;
    if (text.startsWith('<!--', tag)) return this.#skip('-->', tag + 4);
    if (text.startsWith('<?', tag)) return this.#skip('?>', tag + 2);
    if (text.startsWith('<![CDATA[', tag)) {
      const damage = this.#skip(']]>', tag + 9);
      const top = this.#open.at(-1);
      if (!damage && top) top.text += text.slice(tag + 9, this.#at - 3);
      return damage;
    }
    if (text.startsWith('<!', tag)) return this.#damage('unsupported', 'it has a document type, which is not read');
    return text[tag + 1] === '/' ? this.#close(tag + 2) : this.#start(tag + 1);
  }

  #skip(mark: string, from: number): XmlDamage | undefined {
    const end = this.#text.indexOf(mark, from);
    if (end < 0) return this.#damage('truncated', 'it ends too early');
    this.#at = end + mark.length;
    return undefined;
  }

  #addText(part: string): XmlDamage | undefined {
    const top = this.#open.at(-1);
    if (top) {
      if (part.length > 0) top.text += decodeEntities(part);
      return undefined;
    }
    return part.trim() === '' ? undefined : this.#damage('malformed', 'there is text outside its element');
  }

  #start(from: number): XmlDamage | undefined {
    const tagName = this.#take(name, from);
    if (tagName === '') return this.#damage('malformed', 'a tag has no name');
    if (this.root && this.#open.length === 0) return this.#damage('malformed', 'it has more than one top element');
    if (++this.#count > this.#limits.maxElements)
      return this.#damage('too-many', `it has more than ${this.#limits.maxElements} elements`);
    const attributes = new Map<string, string>();
    const damage = this.#readAttributes(attributes);
    if (damage) return damage;
    const element: OpenElement = { name: local(tagName), attributes, children: [], text: '', line: this.#lineAt(from) };
    this.#open.at(-1)?.children.push(element);
    this.root ??= element;
    if (this.#text[this.#at] === '/') this.#at++;
    else if (this.#open.push(element) > this.#limits.maxDepth)
      return this.#damage('too-deep', `it is nested more than ${this.#limits.maxDepth} deep`);
    if (this.#text[this.#at] !== '>') return this.#damage('malformed', 'a tag does not end');
    this.#at++;
    return undefined;
  }

  #readAttributes(attributes: Map<string, string>): XmlDamage | undefined {
    for (;;) {
      this.#take(space, this.#at);
      const key = this.#take(name, this.#at);
      if (key === '') return undefined;
      const hasValue = this.#take(equals, this.#at) !== '';
      const quote = this.#text[this.#at];
      if (!hasValue || (quote !== '"' && quote !== "'"))
        return this.#damage('malformed', 'an attribute has no value in quotes');
      const end = this.#text.indexOf(quote, this.#at + 1);
      if (end < 0) return this.#damage('truncated', 'it ends too early');
      if (attributes.size >= maxAttributes) return this.#damage('too-many', 'a tag has too many attributes');
      attributes.set(local(key), decodeEntities(this.#text.slice(this.#at + 1, end)));
      this.#at = end + 1;
    }
  }

  #close(from: number): XmlDamage | undefined {
    const tagName = local(this.#take(name, from));
    this.#take(space, this.#at);
    const top = this.#open.pop();
    if (top === undefined || top.name !== tagName || this.#text[this.#at] !== '>')
      return this.#damage('malformed', 'an end tag does not fit');
    top.text = top.text.trim();
    this.#at++;
    return undefined;
  }

  #take(pattern: RegExp, from: number): string {
    pattern.lastIndex = from;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at = from + found.length;
    return found;
  }

  /** Places only grow, so all newlines are counted once. */
  #lineAt(place: number): number {
    for (; this.#counted < place; this.#counted++) if (this.#text.charCodeAt(this.#counted) === 0x0a) this.#line++;
    return this.#line;
  }

  #damage(code: XmlDamage['code'], message: string): XmlDamage {
    return { code, message, line: this.#lineAt(Math.min(this.#at, this.#text.length)) };
  }
}

/** What no entity is stays as it is. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(entity, (found, known?: string, decimal?: string, hexadecimal?: string) => {
    if (known !== undefined) return entities[known]!;
    const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : found;
  });
}

function local(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1);
}

/** The first child of this name. */
export function childOf(element: XmlElement | undefined, childName: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === childName);
}

/** All children of this name. */
export function childrenOf(element: XmlElement | undefined, childName: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === childName) ?? [];
}

/** Text of the first child of this name, if it has any. */
export function childText(element: XmlElement | undefined, childName: string): string | undefined {
  return childOf(element, childName)?.text || undefined;
}
