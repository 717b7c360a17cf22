import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and a self-signed certificate: PEM texts, or the paths of files that hold them. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Makes a certificate for `localhost` and 127.0.0.1 with the system's OpenSSL.
 * @returns the paths of its two files in the folder.
 */
export function makeCertificateFiles(folder: string): Certificate {
  const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  // prettier-ignore
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout', files.key, '-out', files.cert,
  ], { stdio: 'ignore' });
  return files;
}

/** The same as PEM texts, for servers that take those. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'cnua-cert-'));
  try {
    const { key, cert } = makeCertificateFiles(folder);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
