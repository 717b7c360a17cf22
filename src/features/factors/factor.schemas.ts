import { z } from 'zod';

import { line, timestamp } from '../../platform/common/primitives.js';
import { LONGEST_PASSWORD } from '../credentials/passwords/password.schemas.js';
import type { FactorProof } from './factor-checks.js';
import { factorTypes } from './factor.entity.js';
import { authenticationResponse, challengeId } from './passkeys/passkey.schemas.js';

export const factorName = line(1, 100)
  .describe('What the user calls it')
  .meta({ examples: ['Phone'] });

export const factorType = z.enum(factorTypes);

export const factorResponse = z
  .object({
    id: z.uuid(),
    type: factorType,
    name: z.string().nullable(),
    created_at: timestamp,
    last_used_at: timestamp.nullable(),
    remaining: z.int().optional().describe('Unused recovery codes'),
  })
  .meta({ id: 'Factor' });

export const factorList = z.object({ items: z.array(factorResponse) }).meta({ id: 'Factors' });

export const shownCodes = z.array(z.string()).describe('Shown this once');

export const currentPassword = z
  .string({ error: 'must be text' })
  .max(LONGEST_PASSWORD, { error: 'is too long' });

export const recoveryCodesResponse = z
  .object({ recovery_codes: shownCodes })
  .meta({ id: 'RecoveryCodes' });

export const renameFactorRequest = z
  .strictObject({ name: factorName })
  .meta({ id: 'RenameFactor' });

export const startTotpRequest = z
  .strictObject({
    name: factorName.optional(),
    current_password: currentPassword.optional(),
  })
  .meta({ id: 'StartTotp' });

export const totpEnrolment = z
  .object({
    id: z.uuid(),
    secret: z.string().describe('Base 32'),
    uri: z.string().describe('`otpauth://…`'),
    qr: z.string().describe('SVG image of the URI'),
  })
  .meta({ id: 'TotpEnrolment' });

/** Six digits; apps show them in groups. */
const totpCode = z
  .string({ error: 'must be text' })
  .max(20, { error: 'must have 6 digits' })
  .overwrite((code) => code.replaceAll(/\s/g, ''))
  .regex(/^\d{6}$/, { error: 'must have 6 digits' })
  .meta({ examples: ['123456'] });

const recoveryCode = z
  .string({ error: 'must be text' })
  .min(1, { error: 'must not be empty' })
  .max(100, { error: 'is too long' })
  .describe('Case, dashes and spaces do not matter')
  .meta({ examples: ['K7QF-0A1B-XYZ2-9MNS-4TRW-EH6C'] });

/** Fields of requests that prove a factor; exactly one is given. */
export const factorProof = {
  code: totpCode.optional(),
  recovery_code: recoveryCode.optional(),
  challenge_id: challengeId.optional(),
  passkey: authenticationResponse.optional(),
};

/** The rule for them, as `refine` takes it. */
export const oneProof = [
  ({ code, recovery_code: other, challenge_id: challenge, passkey }: FactorProof) =>
    [code, other, passkey].filter((proof) => proof !== undefined).length === 1 &&
    (challenge === undefined) === (passkey === undefined),
  { error: 'must have one of code, recovery_code, and challenge_id with passkey' },
] as const;

export const confirmTotpRequest = z.strictObject({ code: totpCode }).meta({ id: 'ConfirmTotp' });

export const confirmedFactor = z
  .object({ factor: factorResponse, recovery_codes: shownCodes.optional() })
  .meta({ id: 'ConfirmedFactor' });

export type FactorResponse = z.infer<typeof factorResponse>;
export type FactorList = z.infer<typeof factorList>;
export type RecoveryCodesResponse = z.infer<typeof recoveryCodesResponse>;
export type RenameFactorRequest = z.infer<typeof renameFactorRequest>;
export type StartTotpRequest = z.infer<typeof startTotpRequest>;
export type TotpEnrolment = z.infer<typeof totpEnrolment>;
export type ConfirmTotpRequest = z.infer<typeof confirmTotpRequest>;
export type ConfirmedFactor = z.infer<typeof confirmedFactor>;
