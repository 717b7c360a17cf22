/** `alice@example.com` as `a***@example.com`: enough to recognise, too little to write to. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** An address for telemetry: raw only if the operator configured it (`TELEMETRY_PII`). */
export function mailAddress(email: string, raw: boolean): string {
  return raw ? email : maskEmail(email);
}
