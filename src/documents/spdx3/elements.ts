/**
 * The parts of SPDX 3.0.1 that are written, one entry of `@graph` each. https://spdx.github.io/spdx-spec/v3.0.1/
 * A property that names an element holds its `spdxId`.
 */
export type GraphEntry =
  | CreationInfo
  | Agent
  | Tool
  | SpdxDocument
  | Sbom
  | SoftwarePackage
  | LicenseExpression
  | LicensingText
  | Relationship
  | Annotation;

/** What every element has. */
interface Element<T extends string> {
  readonly type: T;
  readonly spdxId: string;
  readonly creationInfo: string;
}

/** Who made the document when. Not an element: it has a name inside this document alone. */
export interface CreationInfo {
  readonly type: 'CreationInfo';
  readonly '@id': string;
  readonly specVersion: '3.0.1';
  readonly created: string;
  readonly createdBy: readonly string[];
  readonly createdUsing: readonly string[];
}

/** Somebody, or this program where it acts. */
export interface Agent extends Element<'Person' | 'Organization' | 'SoftwareAgent'> {
  readonly name: string;
  readonly externalIdentifier?: readonly ExternalIdentifier[] | undefined;
}

/** A name elsewhere. */
export interface ExternalIdentifier {
  readonly type: 'ExternalIdentifier';
  readonly externalIdentifierType: 'email' | 'packageUrl';
  readonly identifier: string;
}

/** This program as what was used. */
export interface Tool extends Element<'Tool'> {
  readonly name: string;
}

/** The document as a whole. */
export interface SpdxDocument extends Element<'SpdxDocument'> {
  readonly name: string;
  readonly profileConformance: readonly string[];
  readonly dataLicense: string;
  readonly rootElement: readonly string[];
}

/** The bill of materials. */
export interface Sbom extends Element<'software_Sbom'> {
  readonly software_sbomType: readonly ['analyzed'];
  readonly rootElement: readonly string[];
}

/** A package, a source package, the operating system, or the image itself. */
export interface SoftwarePackage extends Element<'software_Package'> {
  readonly name: string;
  readonly summary?: string | undefined;
  readonly software_packageVersion?: string | undefined;
  readonly software_packageUrl?: string | undefined;
  readonly software_primaryPurpose: 'container' | 'library' | 'operatingSystem' | 'other' | 'source';
  readonly suppliedBy?: string | undefined;
  readonly verifiedUsing?: readonly Hash[] | undefined;
}

/** A digest. */
export interface Hash {
  readonly type: 'Hash';
  readonly algorithm: string;
  readonly hashValue: string;
}

/** An SPDX expression; the references in it lead to texts. */
export interface LicenseExpression extends Element<'simplelicensing_LicenseExpression'> {
  readonly simplelicensing_licenseExpression: string;
  readonly simplelicensing_licenseListVersion: string;
  readonly simplelicensing_customIdToUri?:
    | readonly { readonly type: 'DictionaryEntry'; readonly key: string; readonly value: string }[]
    | undefined;
}

/** A license that is told in words. */
export interface LicensingText extends Element<'simplelicensing_SimpleLicensingText'> {
  readonly name: string;
  readonly simplelicensing_licenseText: string;
}

/** How one element relates to others. */
export interface Relationship extends Element<'Relationship'> {
  readonly from: string;
  readonly relationshipType: 'describes' | 'contains' | 'generates' | 'hasDeclaredLicense';
  readonly to: readonly string[];
  readonly completeness?: 'incomplete' | 'noAssertion' | undefined;
}

/** Facts that the format has no place for. */
export interface Annotation extends Element<'Annotation'> {
  readonly annotationType: 'other';
  readonly subject: string;
  readonly contentType: 'application/json' | 'text/plain';
  readonly statement: string;
}
