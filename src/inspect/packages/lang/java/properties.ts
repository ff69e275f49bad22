import { childOf, childText, type XmlElement } from '../../../../base/bytes/xml.ts';

/** Puts values in the place of `${names}`; names that are not known stay. */
export type Resolve = (text: string | undefined) => string | undefined;

/** Properties may name others; more steps than this are a ring, or nobody's build. */
const maxSteps = 10;
const maxLength = 1000;
const placeholder = /\$\{([\w.-]{1,200})\}/g;

/** Resolves what a `pom.xml` itself defines: its properties, and the coordinates of the project and its parent. */
export function resolver(project: XmlElement): Resolve {
  const values = new Map<string, string>();
  const parent = childOf(project, 'parent');
  for (const key of ['groupId', 'artifactId', 'version']) {
    const inherited = childText(parent, key);
    const own = childText(project, key) ?? (key === 'artifactId' ? undefined : inherited);
    if (inherited !== undefined) values.set(`project.parent.${key}`, inherited).set(`parent.${key}`, inherited);
    if (own !== undefined) values.set(`project.${key}`, own).set(`pom.${key}`, own).set(key, own);
  }
  for (const { name, text } of childOf(project, 'properties')?.children ?? []) values.set(name, text);
  return (text) => resolve(text, values);
}

function resolve(text: string | undefined, values: ReadonlyMap<string, string>): string | undefined {
  let known = text;
  for (let step = 0; step < maxSteps && known?.includes('${'); step++) {
    if (known.length > maxLength) return undefined;
    known = known.replace(placeholder, (whole, name: string) => values.get(name) ?? whole);
  }
  return known;
}
