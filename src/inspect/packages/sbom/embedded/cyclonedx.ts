import { childOf, childrenOf, childText, type XmlElement } from '../../../../base/bytes/xml.ts';
import type { Limits } from '../../../../base/limits.ts';
import { type BillComponent, toOwnerType } from '../../document/bill.ts';
import { isTable, type Table, tablesOf, textOf } from '../../document/table.ts';

/** Components that are no packages. */
const otherTypes: ReadonlySet<unknown> = new Set([
  'file',
  'operating-system',
  'container',
  'data',
  'device',
  'device-driver',
  'cryptographic-asset',
]);

/**
 * The components of CycloneDX in JSON, and those inside them. A component that is `excluded` serves development or testing.
 * https://cyclonedx.org/docs/1.6/json/#components
 */
export function readCycloneDx({ metadata, components }: Table, limits: Limits): BillComponent[] {
  const subject = isTable(metadata) && isTable(metadata.component) ? metadata.component : undefined;
  const found =
    subject === undefined || otherTypes.has(subject.type) ? [] : [{ ...toComponent(subject), isSubject: true }];
  const parts = [...flatten(tablesOf(subject?.components), limits), ...flatten(tablesOf(components), limits)];
  return [...found, ...parts.filter(({ type }) => !otherTypes.has(type)).map(toComponent)];
}

function* flatten(components: readonly Table[], limits: Limits, depth = 1): Generator<Table> {
  if (depth > limits.maxDepth) return;
  for (const component of components) {
    yield component;
    yield* flatten(tablesOf(component.components), limits, depth + 1);
  }
}

function toComponent(component: Table): BillComponent {
  const [group, name] = [textOf(component.group), textOf(component.name)];
  const properties = tablesOf(component.properties);
  const property = (wanted: string) => textOf(properties.find((each) => each.name === wanted)?.value);
  const version = textOf(component.version);
  return {
    names: name === undefined ? [] : group === undefined ? [name] : [name, `${group}/${name}`, `${group}:${name}`],
    version,
    purl: textOf(component.purl),
    licenses: tablesOf(component.licenses).flatMap(toLicense),
    maintainer: textOf(component.publisher),
    source: toSource(property, version),
    development: component.scope === 'excluded' || property('cdx:npm:package:development') === 'true',
    ownerType: toOwnerType(`pkg:${property('plimsoll:owned-by')}`),
  };
}

/** The source package, as Plimsoll, Syft or Trivy has it among the properties. Trivy's is in parts. */
function toSource(property: (name: string) => string | undefined, version = ''): BillComponent['source'] {
  const name = property('plimsoll:source:name') ?? property('syft:metadata:source');
  if (name !== undefined)
    return { name, version: property('plimsoll:source:version') ?? property('syft:metadata:sourceVersion') ?? version };
  const [named, upstream, release, epoch] = ['SrcName', 'SrcVersion', 'SrcRelease', 'SrcEpoch'].map((part) =>
    property(`aquasecurity:trivy:${part}`),
  );
  if (named === undefined) return undefined;
  if (upstream === undefined) return { name: named, version };
  return { name: named, version: `${epoch ? `${epoch}:` : ''}${upstream}${release ? `-${release}` : ''}` };
}

/** `{"license": {"id": "MIT"}}` or `{"expression": "MIT OR Apache-2.0"}` */
function toLicense({ license, expression }: Table): readonly string[] {
  const said = isTable(license) ? (textOf(license.id) ?? textOf(license.name)) : textOf(expression);
  return said === undefined ? [] : [said];
}

/** The same in XML; undefined where it is something else. */
export function readCycloneDxXml(root: XmlElement, limits: Limits): BillComponent[] | undefined {
  if (root.name !== 'bom') return undefined;
  const subject = childOf(childOf(root, 'metadata'), 'component');
  const metadata = subject && { component: toTable(subject) };
  return readCycloneDx({ metadata, components: toTables(childOf(root, 'components')) }, limits);
}

function toTables(list: XmlElement | undefined): readonly Table[] {
  return childrenOf(list, 'component').map(toTable);
}

/** As deep as the XML, whose depth is bounded. */
function toTable(element: XmlElement): Table {
  const fields = ['group', 'name', 'version', 'purl', 'publisher', 'scope'];
  const properties = childrenOf(childOf(element, 'properties'), 'property');
  return {
    type: element.attributes.get('type'),
    ...Object.fromEntries(fields.map((field) => [field, childText(element, field)])),
    licenses: childOf(element, 'licenses')?.children.map(toLicenseTable) ?? [],
    properties: properties.map(({ attributes, text }) => ({ name: attributes.get('name'), value: text })),
    components: toTables(childOf(element, 'components')),
  };
}

function toLicenseTable(element: XmlElement): Table {
  if (element.name === 'expression') return { expression: element.text };
  return { license: { id: childText(element, 'id'), name: childText(element, 'name') } };
}
