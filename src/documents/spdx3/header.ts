import type { Report } from '../../base/model/report.ts';
import { licenseListVersion } from '../license-texts.ts';
import { toWholeSeconds } from '../whole-seconds.ts';
import type { GraphEntry } from './elements.ts';
import { creationInfo, type Naming } from './naming.ts';

/** Who made the document with what, its license, and what it is about. */
export function* toHeader({ tool, created, image }: Report, naming: Naming): Generator<GraphEntry> {
  const name = `${tool.name}-${tool.version}`;
  yield {
    type: 'CreationInfo',
    '@id': creationInfo,
    specVersion: '3.0.1',
    created: toWholeSeconds(created),
    createdBy: [naming.of('agent')],
    createdUsing: [naming.of('tool')],
  };
  yield { ...naming.element('SoftwareAgent', 'agent'), name };
  yield { ...naming.element('Tool', 'tool'), name };
  yield {
    ...naming.element('simplelicensing_LicenseExpression', 'data-license'),
    simplelicensing_licenseExpression: 'CC0-1.0',
    simplelicensing_licenseListVersion: `${licenseListVersion}.0`,
  };
  yield {
    ...naming.element('SpdxDocument', 'document'),
    name: image.reference,
    profileConformance: ['core', 'software', 'simpleLicensing'],
    dataLicense: naming.of('data-license'),
    rootElement: [naming.of('sbom')],
  };
  yield {
    ...naming.element('software_Sbom', 'sbom'),
    software_sbomType: ['analyzed'],
    rootElement: [naming.of('image')],
  };
}
