/** This program's version; a test holds it to package.json. */
export const version = '0.1.0';

/** Put in by `scripts/build.ts`: the digest of all sources. */
declare const BUILD_DIGEST: string | undefined;

/** Names this program down to its last byte; undefined where it runs from its sources, which may change at any time. */
export const buildDigest: string | undefined = typeof BUILD_DIGEST === 'string' ? BUILD_DIGEST : undefined;
