import type { ProblemError } from '../../../platform/problems/problem.js';
import type { FactorList } from '../../factors/factor.schemas.js';
import type { IdentityList, ProviderList } from '../../identities/identity.schemas.js';
import type { SessionList } from '../../sessions/live-sessions/session.schemas.js';
import type { Form } from '../page/form.js';
import type { FieldErrors } from '../layout/problem-texts.js';

/** The forms of the page: what is wrong is told beside the one that was sent. */
export const securityForms = [
  'confirm',
  'password',
  'sessions',
  'totp',
  'passkeys',
  'factors',
  'factor-name',
  'identities',
  'link',
  'pending-link',
] as const;

export type SecurityForm = (typeof securityForms)[number];

/** All that a person sees of the protection of the own account. */
export interface SecurityModel {
  readonly userId: string;
  readonly hasPassword: boolean;
  /** Whether changes need the second factor first. */
  readonly needsProof: boolean;
  readonly sessions: SessionList['items'];
  readonly factors: FactorList['items'];
  /** Whether there may be more of them. */
  readonly roomForFactors: boolean;
  readonly identities: IdentityList['items'];
  readonly providers: ProviderList['items'];
  /** Id of the provider whose account waits to be linked. */
  readonly pendingLink: string | undefined;
  readonly notice: string | undefined;
  readonly failed?: FailedForm | undefined;
}

/** A form that was refused. */
export interface FailedForm {
  readonly name: SecurityForm;
  /** What it had. */
  readonly form: Form;
  readonly problem: ProblemError;
}

/** What is wrong with one form of the page. */
export interface Failure {
  readonly fields: FieldErrors;
  readonly form: string | undefined;
}
