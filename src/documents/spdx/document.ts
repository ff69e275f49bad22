/**
 * The parts of SPDX 2.3 that are written, as its JSON schema has them: `OPERATING_SYSTEM` where the text has a hyphen.
 * https://spdx.github.io/spdx-spec/v2.3/
 */
export interface SpdxDocument {
  readonly spdxVersion: 'SPDX-2.3';
  readonly dataLicense: 'CC0-1.0';
  readonly SPDXID: 'SPDXRef-DOCUMENT';
  readonly name: string;
  readonly documentNamespace: string;
  readonly creationInfo: {
    readonly created: string;
    readonly creators: readonly string[];
    readonly licenseListVersion: string;
  };
  readonly packages: Iterable<SpdxPackage>;
  readonly hasExtractedLicensingInfos: Iterable<ExtractedLicense>;
  readonly relationships: Iterable<Relationship>;
  readonly annotations: Iterable<Annotation>;
}

/** A package, a source package, the operating system, or the image itself. */
export interface SpdxPackage {
  readonly SPDXID: string;
  readonly name: string;
  readonly versionInfo?: string | undefined;
  readonly summary?: string | undefined;
  readonly supplier?: string | undefined;
  readonly downloadLocation: 'NOASSERTION';
  readonly filesAnalyzed: false;
  readonly checksums?: readonly { readonly algorithm: string; readonly checksumValue: string }[] | undefined;
  readonly licenseConcluded: 'NOASSERTION';
  readonly licenseDeclared: string;
  readonly licenseComments?: string | undefined;
  readonly copyrightText: 'NOASSERTION';
  readonly primaryPackagePurpose: 'CONTAINER' | 'LIBRARY' | 'OPERATING_SYSTEM' | 'OTHER' | 'SOURCE';
  readonly externalRefs?: readonly ExternalReference[] | undefined;
  readonly annotations?: readonly Annotation[];
}

/** A name of the package elsewhere. */
export interface ExternalReference {
  readonly referenceCategory: 'PACKAGE-MANAGER';
  readonly referenceType: 'purl';
  readonly referenceLocator: string;
}

/** A license that is told in words. */
export interface ExtractedLicense {
  readonly licenseId: string;
  readonly extractedText: string;
}

/** How one element relates to another. */
export interface Relationship {
  readonly spdxElementId: string;
  readonly relationshipType: 'DESCRIBES' | 'CONTAINS' | 'GENERATED_FROM';
  readonly relatedSpdxElement: string;
}

/** Facts that the format has no place for. */
export interface Annotation {
  readonly annotationType: 'OTHER';
  readonly annotator: string;
  readonly annotationDate: string;
  readonly comment: string;
}
