import type { ProblemError } from '../../../platform/problems/problem.js';
import type { FactorList } from '../../factors/factor.schemas.js';
import type { IdentityList, ProviderList } from '../../identities/identity.schemas.js';
import type { SessionList } from '../../sessions/live-sessions/session.schemas.js';
import type { FieldErrors } from '../layout/problem-texts.js';

/** The forms of the page: what is wrong is told beside the one that was sent. */
export type SecurityForm =
  'confirm' | 'password' | 'sessions' | 'totp' | 'passkeys' | 'factors' | 'identities';

/** All that a person sees of the protection of the own account. */
export interface SecurityModel {
  readonly userId: string;
  readonly hasPassword: boolean;
  /** Whether changes need the second factor first. */
  readonly needsProof: boolean;
  readonly sessions: SessionList['items'];
  readonly factors: FactorList['items'];
  readonly identities: IdentityList['items'];
  readonly providers: ProviderList['items'];
  readonly notice: string | undefined;
  readonly failed?: { readonly form: SecurityForm; readonly problem: ProblemError } | undefined;
}

/** What is wrong with one form of the page. */
export interface Failure {
  readonly fields: FieldErrors;
  readonly form: string | undefined;
}
