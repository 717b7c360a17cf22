import type { Messages } from '../messages/en.js';

/** What a page says first. */
export interface Notice {
  readonly text: string;
  /** It tells of nothing that was done, but of what is next. */
  readonly next: boolean;
}

const STEPS: readonly string[] = ['confirm-first', 'link', 'sign-in-over'];

/** What was done before a page, by the name in its address. Other names say nothing. */
export function noticeOf(name: string | undefined, t: Messages): Notice | undefined {
  const texts: Readonly<Record<string, string>> = {
    'signed-out': t.doneSignedOut,
    'confirm-first': t.confirmFirst,
    link: t.linkLead,
    'sign-in-over': t.signInOver,
    'signed-up': t.doneSignedUp,
    'password-set': t.donePasswordSet,
    'password-changed': t.donePasswordChanged,
    verified: t.doneVerified,
    invited: t.doneInvited,
    saved: t.doneSaved,
    confirmed: t.doneConfirmed,
    'session-ended': t.doneSessionEnded,
    'sessions-ended': t.doneSessionsEnded,
    'factor-removed': t.doneFactorRemoved,
    'factor-added': t.doneFactorAdded,
    'identity-added': t.doneIdentityAdded,
    'identity-removed': t.doneIdentityRemoved,
  };
  const text = name !== undefined && Object.hasOwn(texts, name) ? texts[name] : undefined;
  return text === undefined ? undefined : { text, next: STEPS.includes(name ?? '') };
}
