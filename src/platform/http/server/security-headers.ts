/** One year, the least that ASVS 5.0 §3.4.1 asks for. */
const HSTS = 'max-age=31536000; includeSubDomains';

/**
 * Headers of every answer (OWASP REST Security Cheat Sheet): answers are not pages, and other sites
 * must not frame, sniff or embed them.
 * @param publicUrl if it is HTTPS, answers have HSTS, since TLS ends elsewhere.
 */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(publicUrl.startsWith('https:') && { 'strict-transport-security': HSTS }),
  };
}
