import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import { PlimsollError, toMessage } from '../../base/errors.ts';

/** Some ten times all certificates that a system trusts. */
const maxCaBytes = 4 * 1024 * 1024;

/**
 * Reads the certificates of a file in PEM. They are checked here, since a damaged one would otherwise show up as a failure of
 * the network. Throws `usage`.
 */
export async function readCertificates(path: string): Promise<string> {
  try {
    const text = await readSmallFile(path);
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END [^-]+-----/g) ?? [];
    if (certificates.length === 0) throw new Error('it holds no certificate in PEM');
    for (const certificate of certificates) new X509Certificate(certificate);
    return certificates.join('\n');
  } catch (cause) {
    throw new PlimsollError(
      'usage',
      `The certificates in ${path} cannot be used: ${toMessage(cause)}. Check what --registry-ca names.`,
      { cause },
    );
  }
}

async function readSmallFile(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > maxCaBytes) throw new Error(`it has more than ${maxCaBytes} bytes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
