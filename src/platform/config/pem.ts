import { X509Certificate } from 'node:crypto';

import { z } from 'zod';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** True when a text has certificates, and all of them can be read. */
export function hasCertificates(pem: string): boolean {
  const blocks = pem.match(BLOCK) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block)).length > 0;
  } catch {
    return false;
  }
}

/** One or more certificates, one after the other. */
export const certificates = z
  .string()
  .refine(hasCertificates, { error: 'must be certificates in PEM' })
  .describe('PEM certificates');
