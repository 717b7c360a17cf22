import { randomBytes } from 'node:crypto';

/** RFC 4226 §4: at least 128 bits, 160 recommended. */
const SECRET_BYTES = 20;
/** Seconds: a code of the step before or after the current one is accepted, too (RFC 6238 §5.2). */
const TOLERANCE_SECONDS = 30;

/** What an authenticator app needs. */
export interface Enrolment {
  /** In base 32, for typing. */
  readonly secret: string;
  /** `otpauth://…`, the content of the QR code. */
  readonly uri: string;
  /** An SVG image without style or script. */
  readonly qr: string;
}

export function newSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** @param label the account, @param issuer the service: what the app shows. */
export async function enrolmentOf(
  bytes: Buffer,
  { label, issuer }: { label: string; issuer: string },
): Promise<Enrolment> {
  // Loaded here, since only few requests need them.
  const [{ generateURI, ScureBase32Plugin }, { renderSVG }] = await Promise.all([
    import('otplib'),
    import('uqr'),
  ]);
  const secret = new ScureBase32Plugin().encode(bytes);
  const uri = generateURI({ secret, label, issuer });
  return { secret, uri, qr: renderSVG(uri, { ecc: 'M', border: 4 }) };
}

/**
 * The time step of a code of RFC 6238 with 6 digits, 30 s and SHA-1; undefined if the code belongs to no step around
 * now. The caller uses up the step.
 */
export async function stepOf(secret: Buffer, code: string): Promise<number | undefined> {
  const { verify } = await import('otplib');
  const result = await verify({ secret, token: code, epochTolerance: TOLERANCE_SECONDS });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
