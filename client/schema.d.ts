/** The API, generated from its description by `npm run client`. */
export interface paths {
  '/admin/mails/templates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Templates of mails, and their languages */
    get: operations['listMailTemplates'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/mails/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A mail with sample values */
    get: operations['previewMail'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Security-relevant acts, newest first */
    get: operations['listAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/events/schemas/{file}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** JSON Schema of the data of a type of events */
    get: operations['getEventSchema'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List users, newest first, or search by prefix */
    get: operations['listUsers'];
    put?: never;
    /** Create a user */
    post: operations['createUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the signed-in user */
    get: operations['getMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a user */
    get: operations['getUser'];
    put?: never;
    post?: never;
    /** Delete a user */
    delete: operations['deleteUser'];
    options?: never;
    head?: never;
    /** Change a user */
    patch: operations['updateUser'];
    trace?: never;
  };
  '/users/{id}/factors/totp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin to add an authenticator app */
    post: operations['startTotp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/factors/totp/{factorId}/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Confirm an authenticator app */
    post: operations['confirmTotp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/factors/passkeys/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin to add a passkey */
    post: operations['startPasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/factors/passkeys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Add a passkey */
    post: operations['addPasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/factors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the second factors of a user */
    get: operations['listFactors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/factors/recovery-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace the recovery codes */
    post: operations['renewRecoveryCodes'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/factors/{factorId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Remove a factor */
    delete: operations['removeFactor'];
    options?: never;
    head?: never;
    /** Rename a factor */
    patch: operations['renameFactor'];
    trace?: never;
  };
  '/auth/verify-email': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Verify an address by a mailed token */
    post: operations['verifyEmail'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/verify-email/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask for another verification mail */
    post: operations['resendVerification'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/password/forgot': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask for a password-reset mail */
    post: operations['forgotPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/password/reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Set a password by a mailed token */
    post: operations['resetPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/not-me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Disown a sign-in by the token of the mail about it */
    post: operations['disownSignIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List API keys, newest first */
    get: operations['listApiKeys'];
    put?: never;
    /** Create an API key */
    post: operations['createApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/api-keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke an API key */
    delete: operations['revokeApiKey'];
    options?: never;
    head?: never;
    /** Change an API key */
    patch: operations['updateApiKey'];
    trace?: never;
  };
  '/admin/api-keys/{keyId}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace the secret of an API key */
    post: operations['rotateApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in */
    post: operations['login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/login/factor': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in: the second factor */
    post: operations['loginFactor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/login/factor/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in: options for a passkey as second factor */
    post: operations['loginFactorOptions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace a refresh token */
    post: operations['refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign out: end this session */
    post: operations['logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/passkey/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Options for a sign-in by passkey */
    post: operations['passkeyOptions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/passkey': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in by a passkey */
    post: operations['loginPasskey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List one’s sessions */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    /** End all of one’s sessions but this */
    delete: operations['revokeOtherSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/sessions/{sessionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of one’s sessions */
    delete: operations['revokeSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tell who is signed in, and how */
    get: operations['getCurrentSession'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the sessions of a user */
    get: operations['listUserSessions'];
    put?: never;
    post?: never;
    /** Sign a user out everywhere */
    delete: operations['revokeUserSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Public keys that access tokens are signed with */
    get: operations['getJwks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/step-up': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Prove a second factor in this session */
    post: operations['stepUp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/step-up/options': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Options for a passkey in this session */
    post: operations['stepUpOptions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/oidc': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the identity providers */
    get: operations['listProviders'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/oidc/{provider}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin a sign-in through a provider; signed in, begin to link an identity */
    post: operations['startProviderSignIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/oidc/{provider}/exchange': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Finish what `start` began, with the URL that the provider led to */
    post: operations['exchangeProviderSignIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/identities': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the identities of a user */
    get: operations['listIdentities'];
    put?: never;
    /** Link an identity by its link token */
    post: operations['linkIdentity'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/identities/{identityId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Unlink an identity */
    delete: operations['unlinkIdentity'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List invitations, newest first */
    get: operations['listInvitations'];
    put?: never;
    /** Invite somebody by mail */
    post: operations['createInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/invitations/{invitationId}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send an invitation again */
    post: operations['resendInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/invitations/{invitationId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take an invitation back */
    delete: operations['deleteInvitation'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/invitations/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Accept an invitation */
    post: operations['acceptInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List webhooks, newest first */
    get: operations['listWebhooks'];
    put?: never;
    /** Create a webhook */
    post: operations['createWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/webhooks/{webhookId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a webhook */
    get: operations['getWebhook'];
    put?: never;
    post?: never;
    /** Delete a webhook */
    delete: operations['deleteWebhook'];
    options?: never;
    head?: never;
    /** Change, pause or resume a webhook */
    patch: operations['updateWebhook'];
    trace?: never;
  };
  '/admin/webhooks/{webhookId}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Replace the secret of a webhook */
    post: operations['rotateWebhookSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/webhooks/backlog': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Webhooks with events that are not delivered, the furthest behind first */
    get: operations['getWebhookBacklog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/webhooks/{webhookId}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List deliveries of a webhook, newest first */
    get: operations['listWebhookDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/webhooks/deliveries/{deliveryId}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Attempt a delivery now */
    post: operations['retryWebhookDelivery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/webhooks/{webhookId}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a test event to a webhook */
    post: operations['testWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/webhooks/{webhookId}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Deliver past events once more */
    post: operations['replayWebhookEvents'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/tier': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Change the tier; paid ones are charged for */
    post: operations['changeTier'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/{id}/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All the service holds on a user */
    get: operations['exportUser'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Liveness probe */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Readiness probe */
    get: operations['getReady'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/log-level': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Change the log level of this replica for a limited time */
    put: operations['setLogLevel'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The state of the service */
    get: operations['getOverview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/statistics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What happened by day */
    get: operations['getStatistics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List background jobs, newest first */
    get: operations['listJobs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/jobs/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give failed jobs one more attempt, up to 1,000 at once */
    post: operations['retryJobs'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/jobs/purge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Delete jobs that have ended, up to 1,000 at once */
    post: operations['purgeJobs'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/jobs/{jobId}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give a failed job one more attempt */
    post: operations['retryJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/jobs/{jobId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Delete a job that does not run */
    delete: operations['deleteJob'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List stored events, newest first */
    get: operations['listEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/admin/events/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What waits for each destination of events */
    get: operations['getEventsStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    MailTemplates: {
      templates: string[];
      languages: string[];
    };
    MailPreview: {
      subject: string;
      text: string;
      html: string;
    };
    AuditPage: {
      items: {
        /** Format: uuid */
        id: string;
        /** Format: date-time */
        at: string;
        action: string;
        actor: {
          /** @enum {string} */
          kind: 'anonymous' | 'user' | 'service' | 'command' | 'system';
          id: string | null;
        };
        target_id: string | null;
        ip: string | null;
        request_id: string | null;
        details: {
          [key: string]: unknown;
        };
      }[];
      next_cursor: string | null;
    };
    EventSchema: {
      title: string;
    } & {
      [key: string]: unknown;
    };
    UserPage: {
      items: components['schemas']['User'][];
      /** @description null at the end; before it, a page of a search may be short or empty */
      next_cursor: string | null;
    };
    /**
     * @example {
     *       "id": "019aad6c-0f7e-7cc0-9a55-6a1c1d2e3f40",
     *       "email": "ada@example.com",
     *       "name": "Ada Lovelace",
     *       "status": "active",
     *       "role": "user",
     *       "tier": "free",
     *       "source": "web",
     *       "email_verified": false,
     *       "locale": "en",
     *       "created_at": "2026-11-22T20:00:00.000Z",
     *       "updated_at": "2026-11-22T20:00:00.000Z"
     *     }
     */
    User: {
      /** Format: uuid */
      id: string;
      email: string;
      name: string;
      /** @enum {string} */
      status: 'active' | 'suspended';
      /** @enum {string} */
      role: 'user' | 'superuser';
      /** @enum {string} */
      tier: 'free' | 'pro' | 'enterprise';
      source: string;
      email_verified: boolean;
      /** @description BCP 47; of mails and pages */
      locale: string;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
    };
    StartTotp: {
      /**
       * @description What the user calls it
       * @example Phone
       */
      name?: string;
      current_password?: string;
    };
    TotpEnrolment: {
      /** Format: uuid */
      id: string;
      /** @description Base 32 */
      secret: string;
      /** @description `otpauth://…` */
      uri: string;
      /** @description SVG image of the URI */
      qr: string;
    };
    ConfirmTotp: {
      /** @example 123456 */
      code: string;
    };
    ConfirmedFactor: {
      factor: components['schemas']['Factor'];
      /** @description Shown this once */
      recovery_codes?: string[];
    };
    Factor: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      type: 'totp' | 'passkey' | 'recovery_codes';
      name: string | null;
      /** Format: date-time */
      created_at: string;
      last_used_at: string | null;
      /** @description Unused recovery codes */
      remaining?: number;
    };
    StartPasskey: {
      current_password?: string;
    };
    PasskeyCreationOptions: {
      /** Format: uuid */
      challenge_id: string;
      options: {
        challenge: string;
        rp: {
          id: string;
          name: string;
        };
        user: {
          id: string;
          name: string;
          displayName: string;
        };
        pubKeyCredParams: {
          /** @enum {string} */
          type: 'public-key';
          alg: number;
        }[];
        /** @description Milliseconds */
        timeout: number;
        /** @enum {string} */
        attestation: 'none';
        excludeCredentials: {
          id: string;
          /** @enum {string} */
          type: 'public-key';
          transports?: string[];
        }[];
        authenticatorSelection: {
          /** @enum {string} */
          residentKey: 'required';
          /** @enum {boolean} */
          requireResidentKey: true;
          /** @enum {string} */
          userVerification: 'required';
        };
      };
    };
    AddPasskey: {
      /**
       * Format: uuid
       * @description From the options
       * @example 0193b1f7-5e0a-7c1e-8a35-3f6a1c2d4e5f
       */
      challenge_id: string;
      /**
       * @example {
       *       "id": "u7nT2y8kQm6Jx0cV",
       *       "rawId": "u7nT2y8kQm6Jx0cV",
       *       "type": "public-key",
       *       "response": {
       *         "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
       *         "attestationObject": "o2NmbXRkbm9uZQ"
       *       }
       *     }
       */
      response: {
        id: string;
        rawId: string;
        /** @enum {string} */
        type: 'public-key';
        response: {
          clientDataJSON: string;
          attestationObject: string;
          transports?: string[];
        };
      };
      /**
       * @description What the user calls it
       * @example Phone
       */
      name?: string;
    };
    AddedPasskey: {
      /** Format: uuid */
      id: string;
      /** @enum {string} */
      type: 'totp' | 'passkey' | 'recovery_codes';
      name: string | null;
      /** Format: date-time */
      created_at: string;
      last_used_at: string | null;
      /** @description Unused recovery codes */
      remaining?: number;
      /** @description Shown this once */
      recovery_codes?: string[];
    };
    Factors: {
      items: components['schemas']['Factor'][];
    };
    RecoveryCodes: {
      /** @description Shown this once */
      recovery_codes: string[];
    };
    RenameFactor: {
      /**
       * @description What the user calls it
       * @example Phone
       */
      name: string;
    };
    CreateUser: {
      /**
       * @description Its domain may be internationalised; the part before the @ is ASCII.
       * @example ada@example.com
       */
      email: string;
      /** @example Ada Lovelace */
      name: string;
      /**
       * Format: password
       * @example correct horse battery
       */
      password?: string;
      /** @example web */
      source?: string;
      /** @enum {string} */
      tier?: 'free' | 'pro' | 'enterprise';
    };
    SignUpAccepted: {
      /** @enum {string} */
      status: 'accepted';
      detail: string;
    };
    UpdateUser: {
      /** @example Ada Lovelace */
      name?: string;
      /**
       * @description Its domain may be internationalised; the part before the @ is ASCII.
       * @example ada@example.com
       */
      email?: string;
      /**
       * Format: password
       * @example correct horse battery
       */
      password?: string;
      current_password?: string;
      /**
       * @description BCP 47 language tag
       * @example de-CH
       */
      locale?: string;
      /** @enum {string} */
      status?: 'active' | 'suspended';
      /** @enum {string} */
      role?: 'user' | 'superuser';
    };
    VerifyEmail: {
      token: string;
    };
    AccountMailRequest: {
      /** @example ada@example.com */
      email: string;
    };
    Accepted: {
      /** @enum {string} */
      status: 'accepted';
    };
    ResetPassword: {
      token: string;
      /**
       * Format: password
       * @example correct horse battery
       */
      password: string;
    };
    NotMe: {
      token: string;
    };
    ApiKeyPage: {
      items: components['schemas']['ApiKey'][];
      next_cursor: string | null;
    };
    ApiKey: {
      /** Format: uuid */
      id: string;
      name: string;
      /** @description The public beginning of the key */
      prefix: string;
      scopes: string[];
      /** Format: date-time */
      created_at: string;
      expires_at: string | null;
      /** @description To the minute */
      last_used_at: string | null;
      /** @description The user or API key that created it; null for commands and keys of `API_KEY` */
      created_by: string | null;
    };
    CreateApiKey: {
      /** @example billing */
      name: string;
      /**
       * @example [
       *       "users:read"
       *     ]
       */
      scopes: (
        | 'admin:audit'
        | 'users:list'
        | 'users:read'
        | 'users:create'
        | 'users:create-paid'
        | 'users:delete'
        | 'users:rename'
        | 'users:set-email'
        | 'users:set-status'
        | 'admin:api-keys'
        | 'users:sign-out'
        | 'invitations:create'
        | 'invitations:read'
        | 'invitations:delete'
        | 'admin:webhooks'
        | 'users:tier'
        | 'users:export'
        | 'admin:log-level'
        | 'admin:statistics'
        | 'admin:jobs'
        | 'admin:events'
        | 'admin:faults'
        | '*'
      )[];
      expires_in_days?: number;
    };
    IssuedApiKey: {
      /** Format: uuid */
      id: string;
      name: string;
      /** @description The public beginning of the key */
      prefix: string;
      scopes: string[];
      /** Format: date-time */
      created_at: string;
      expires_at: string | null;
      /** @description To the minute */
      last_used_at: string | null;
      /** @description The user or API key that created it; null for commands and keys of `API_KEY` */
      created_by: string | null;
      /** @description The secret key, shown this once */
      key: string;
    };
    UpdateApiKey: {
      /** @example billing */
      name?: string;
      /**
       * @example [
       *       "users:read"
       *     ]
       */
      scopes?: (
        | 'admin:audit'
        | 'users:list'
        | 'users:read'
        | 'users:create'
        | 'users:create-paid'
        | 'users:delete'
        | 'users:rename'
        | 'users:set-email'
        | 'users:set-status'
        | 'admin:api-keys'
        | 'users:sign-out'
        | 'invitations:create'
        | 'invitations:read'
        | 'invitations:delete'
        | 'admin:webhooks'
        | 'users:tier'
        | 'users:export'
        | 'admin:log-level'
        | 'admin:statistics'
        | 'admin:jobs'
        | 'admin:events'
        | 'admin:faults'
        | '*'
      )[];
    };
    RotateApiKey: {
      /** @default 3600 */
      grace_seconds: number;
    };
    Login: {
      /** @example ada@example.com */
      email: string;
      /**
       * Format: password
       * @example correct horse battery
       */
      password: string;
    };
    Tokens: {
      /** @description JWT for `Authorization: Bearer` */
      access_token: string;
      /** @enum {string} */
      token_type: 'Bearer';
      /** @description Seconds until the access token is over */
      expires_in: number;
      /** @description Good for one `POST /auth/refresh` */
      refresh_token: string;
      /** @description To be kept beyond sign-out and sent as `X-Device-Token` when signing in again */
      device_token: string;
    };
    FactorLogin: {
      /**
       * @description From the problem `auth.factor-required`
       * @example Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU
       */
      login_token: string;
      /** @example 123456 */
      code?: string;
      /**
       * @description Case, dashes and spaces do not matter
       * @example K7QF-0A1B-XYZ2-9MNS-4TRW-EH6C
       */
      recovery_code?: string;
      /**
       * Format: uuid
       * @description From the options
       * @example 0193b1f7-5e0a-7c1e-8a35-3f6a1c2d4e5f
       */
      challenge_id?: string;
      /**
       * @example {
       *       "id": "u7nT2y8kQm6Jx0cV",
       *       "rawId": "u7nT2y8kQm6Jx0cV",
       *       "type": "public-key",
       *       "response": {
       *         "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
       *         "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4",
       *         "signature": "MEUCIQDx0mQ"
       *       }
       *     }
       */
      passkey?: {
        id: string;
        rawId: string;
        /** @enum {string} */
        type: 'public-key';
        response: {
          clientDataJSON: string;
          authenticatorData: string;
          signature: string;
          userHandle?: string | null;
        };
      };
    };
    FactorOptions: {
      /**
       * @description From the problem `auth.factor-required`
       * @example Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU
       */
      login_token: string;
    };
    PasskeyRequestOptions: {
      /** Format: uuid */
      challenge_id: string;
      options: {
        challenge: string;
        rpId: string;
        allowCredentials: {
          id: string;
          /** @enum {string} */
          type: 'public-key';
          transports?: string[];
        }[];
        /** @description Milliseconds */
        timeout: number;
        /** @enum {string} */
        userVerification: 'required';
      };
    };
    Refresh: {
      refresh_token: string;
    };
    PasskeyLogin: {
      /**
       * Format: uuid
       * @description From the options
       * @example 0193b1f7-5e0a-7c1e-8a35-3f6a1c2d4e5f
       */
      challenge_id: string;
      /**
       * @example {
       *       "id": "u7nT2y8kQm6Jx0cV",
       *       "rawId": "u7nT2y8kQm6Jx0cV",
       *       "type": "public-key",
       *       "response": {
       *         "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
       *         "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4",
       *         "signature": "MEUCIQDx0mQ"
       *       }
       *     }
       */
      response: {
        id: string;
        rawId: string;
        /** @enum {string} */
        type: 'public-key';
        response: {
          clientDataJSON: string;
          authenticatorData: string;
          signature: string;
          userHandle?: string | null;
        };
      };
    };
    Sessions: {
      items: {
        /** Format: uuid */
        id: string;
        /** Format: date-time */
        created_at: string;
        /** Format: date-time */
        last_used_at: string;
        ip: string | null;
        user_agent: string | null;
        current: boolean;
        /**
         * @description `aal2`: proved by a second factor or a passkey
         * @enum {string}
         */
        acr: 'aal1' | 'aal2';
      }[];
    };
    CurrentSession: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      user_id: string;
      /** @enum {string} */
      acr: 'aal1' | 'aal2';
      /** @description For `X-CSRF-Token`, with requests that change something and have a session cookie */
      csrf_token: string;
    };
    JwkSet: {
      keys: {
        kty: string;
        crv: string;
        x: string;
        y?: string;
        /** @enum {string} */
        alg: 'EdDSA' | 'ES256';
        kid: string;
        /** @enum {string} */
        use: 'sig';
      }[];
    };
    StepUp: {
      /** @example 123456 */
      code?: string;
      /**
       * @description Case, dashes and spaces do not matter
       * @example K7QF-0A1B-XYZ2-9MNS-4TRW-EH6C
       */
      recovery_code?: string;
      /**
       * Format: uuid
       * @description From the options
       * @example 0193b1f7-5e0a-7c1e-8a35-3f6a1c2d4e5f
       */
      challenge_id?: string;
      /**
       * @example {
       *       "id": "u7nT2y8kQm6Jx0cV",
       *       "rawId": "u7nT2y8kQm6Jx0cV",
       *       "type": "public-key",
       *       "response": {
       *         "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
       *         "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4",
       *         "signature": "MEUCIQDx0mQ"
       *       }
       *     }
       */
      passkey?: {
        id: string;
        rawId: string;
        /** @enum {string} */
        type: 'public-key';
        response: {
          clientDataJSON: string;
          authenticatorData: string;
          signature: string;
          userHandle?: string | null;
        };
      };
    };
    StepUpTokens: {
      /** @description JWT for `Authorization: Bearer`, of the same session */
      access_token: string;
      /** @enum {string} */
      token_type: 'Bearer';
      /** @description Seconds until the access token is over */
      expires_in: number;
    };
    IdentityProviders: {
      items: {
        id: string;
        label: string;
      }[];
    };
    StartProviderSignIn: {
      /**
       * @description Where the provider sends the person back to: an origin of `PUBLIC_URL` or `CORS_ORIGINS`
       * @example https://app.example.com/callback
       */
      redirect_uri: string;
      /** @description To link, where the account has a password and no second factor was proved lately */
      current_password?: string;
    };
    ProviderSignIn: {
      /**
       * Format: uri
       * @description Where the person signs in
       */
      authorization_url: string;
      /** @description For the exchange; the client keeps it to itself */
      state_token: string;
      /** @description Seconds until the state token is over */
      expires_in: number;
    };
    ExchangeProviderSignIn: {
      /** @example Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU */
      state_token: string;
      /**
       * @description The redirect URI with all that the provider added to it
       * @example https://app.example.com/callback?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj
       */
      callback_url: string;
    };
    Identity: {
      /** Format: uuid */
      id: string;
      /** @description Id of the provider that it was linked through */
      provider: string;
      issuer: string;
      /** @description Its address when it was linked */
      email: string | null;
      /** Format: date-time */
      created_at: string;
      last_used_at: string | null;
    };
    Identities: {
      items: components['schemas']['Identity'][];
    };
    LinkIdentity: {
      /**
       * @description From the problem `auth.identity-unlinked`
       * @example Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU
       */
      link_token: string;
      /** @description To link, where the account has a password and no second factor was proved lately */
      current_password?: string;
    };
    InvitationPage: {
      items: components['schemas']['Invitation'][];
      next_cursor: string | null;
    };
    Invitation: {
      /** Format: uuid */
      id: string;
      email: string;
      name: string | null;
      /** @enum {string} */
      role: 'user' | 'superuser';
      /** @enum {string} */
      tier: 'free' | 'pro' | 'enterprise';
      invited_by: {
        /** @enum {string} */
        kind: 'user' | 'service';
        id: string | null;
      };
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      expires_at: string;
      accepted_at: string | null;
      /** @description The account it became */
      user_id: string | null;
    };
    CreateInvitation: {
      /**
       * @description Its domain may be internationalised; the part before the @ is ASCII.
       * @example ada@example.com
       */
      email: string;
      /**
       * @description `superuser` can be given by superusers only
       * @default user
       * @enum {string}
       */
      role: 'user' | 'superuser';
      /**
       * @description A paid one needs the right to create paid users
       * @default free
       * @enum {string}
       */
      tier: 'free' | 'pro' | 'enterprise';
      /** @example Ada Lovelace */
      name?: string;
    };
    AcceptInvitation: {
      /** @example the-token-of-the-mail */
      token: string;
      /**
       * @description Required if the inviter gave none
       * @example Ada Lovelace
       */
      name?: string;
      /**
       * Format: password
       * @example correct horse battery
       */
      password: string;
      /** @description Ignored: the account has the invited address */
      email?: unknown;
    };
    WebhookPage: {
      items: components['schemas']['Webhook'][];
      next_cursor: string | null;
    };
    Webhook: {
      /** Format: uuid */
      id: string;
      url: string;
      /** @description Types of events, or `*` alone for all */
      types: string[];
      description: string | null;
      /**
       * @description A receiver that answers 410 pauses its webhook
       * @enum {string}
       */
      status: 'active' | 'paused';
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description The user or API key that created it; null for keys of `API_KEY` */
      created_by: string | null;
    };
    CreateWebhook: {
      /** @example https://events.example.com/users */
      url: string;
      /**
       * @example [
       *       "user.created"
       *     ]
       */
      types: (
        | 'user.created'
        | 'user.updated'
        | 'user.email-changed'
        | 'user.email-verified'
        | 'user.status-changed'
        | 'user.role-changed'
        | 'user.tier-changed'
        | 'user.deleted'
        | 'user.erased'
        | 'password.changed'
        | 'session.started'
        | 'session.ended'
        | 'factor.added'
        | 'factor.removed'
        | '*'
      )[];
      description?: string | null;
    };
    WebhookWithSecret: {
      /** Format: uuid */
      id: string;
      url: string;
      /** @description Types of events, or `*` alone for all */
      types: string[];
      description: string | null;
      /**
       * @description A receiver that answers 410 pauses its webhook
       * @enum {string}
       */
      status: 'active' | 'paused';
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      updated_at: string;
      /** @description The user or API key that created it; null for keys of `API_KEY` */
      created_by: string | null;
      /** @description Verifies signatures; shown this once */
      secret: string;
    };
    UpdateWebhook: {
      /** @example https://events.example.com/users */
      url?: string;
      /**
       * @example [
       *       "user.created"
       *     ]
       */
      types?: (
        | 'user.created'
        | 'user.updated'
        | 'user.email-changed'
        | 'user.email-verified'
        | 'user.status-changed'
        | 'user.role-changed'
        | 'user.tier-changed'
        | 'user.deleted'
        | 'user.erased'
        | 'password.changed'
        | 'session.started'
        | 'session.ended'
        | 'factor.added'
        | 'factor.removed'
        | '*'
      )[];
      description?: string | null;
      /** @enum {string} */
      status?: 'active' | 'paused';
    };
    RotateWebhookSecret: {
      /**
       * @description How long earlier secrets sign as well
       * @default 3600
       */
      grace_seconds: number;
    };
    WebhookBacklog: {
      items: {
        /** Format: uuid */
        id: string;
        url: string;
        /** @enum {string} */
        status: 'active' | 'paused';
        /** @description Age of the oldest event that is not delivered */
        oldest_seconds: number;
      }[];
    };
    WebhookDeliveryPage: {
      items: components['schemas']['WebhookDelivery'][];
      next_cursor: string | null;
    };
    WebhookDelivery: {
      /** Format: uuid */
      id: string;
      /** Format: uuid */
      event_id: string;
      type: string;
      /** @enum {string} */
      state: 'pending' | 'delivered' | 'dead';
      attempts: number;
      /** @description The next attempt, of a pending delivery */
      next_at: string | null;
      /** @description The last answer of the receiver; null before it, and for all but superusers */
      answer: {
        status: number;
        /** @description Its first 1,024 bytes */
        body: string;
      } | null;
    };
    ReplayEvents: {
      /**
       * Format: date-time
       * @example 2026-01-31T09:00:00Z
       */
      since: string;
      /**
       * @description Those of the webhook by default
       * @example [
       *       "user.created"
       *     ]
       */
      types?: (
        | 'user.created'
        | 'user.updated'
        | 'user.email-changed'
        | 'user.email-verified'
        | 'user.status-changed'
        | 'user.role-changed'
        | 'user.tier-changed'
        | 'user.deleted'
        | 'user.erased'
        | 'password.changed'
        | 'session.started'
        | 'session.ended'
        | 'factor.added'
        | 'factor.removed'
      )[];
    };
    ChangeTier: {
      /** @enum {string} */
      tier: 'free' | 'pro' | 'enterprise';
    };
    /**
     * @example {
     *       "status": "pending"
     *     }
     */
    TierChangePending: {
      /** @enum {string} */
      status: 'pending';
    };
    UserDataExport: {
      /** Format: date-time */
      exported_at: string;
      user: components['schemas']['User'];
      sessions: {
        /** Format: uuid */
        id: string;
        /** Format: date-time */
        created_at: string;
        /** Format: date-time */
        last_used_at: string;
        /** Format: date-time */
        expires_at: string;
        ended_at: string | null;
        ip: string | null;
        user_agent: string | null;
        /** @description Which device token came with it */
        device_id: string | null;
        /**
         * @description How well the user proved who they are
         * @enum {string}
         */
        acr: 'aal1' | 'aal2';
        /** @description By which methods, RFC 8176 */
        amr: string[];
        /** Format: date-time */
        auth_time: string;
      }[];
      /** @description Networks this user has signed in from, and programs without their versions */
      known_sources: {
        source: string;
        clients: string[];
        /** Format: date-time */
        last_at: string;
      }[];
      /** @description Wrong passwords and second factors that count towards the lockout */
      sign_in_failures: {
        /** @description A network, `device:<id>` of a device token, or for all together `account` (passwords) or `factors` */
        origin: string;
        count: number;
        /** Format: date-time */
        first_at: string;
        /** Format: date-time */
        last_at: string;
      }[];
      /** @description Answers kept for repeated requests, by this user or about this user */
      idempotent_answers: {
        /** @description Method and route */
        request: string;
        /** @description `Idempotency-Key`; nothing where another caller chose it */
        key: string | null;
        /** @description Nothing while the request is in flight */
        status: number | null;
        headers: {
          [key: string]: string;
        } | null;
        body: unknown;
        /** Format: date-time */
        created_at: string;
      }[];
      mailed_tokens: {
        purpose: string;
        /** Format: date-time */
        created_at: string;
        /** Format: date-time */
        expires_at: string;
        used_at: string | null;
      }[];
      /** @description Changes to paid tiers, and what became of them */
      tier_changes: {
        /** Format: uuid */
        id: string;
        /** @enum {string} */
        from_tier: 'free' | 'pro' | 'enterprise';
        /** @enum {string} */
        to_tier: 'free' | 'pro' | 'enterprise';
        /** @enum {string} */
        status: 'pending' | 'applied' | 'declined' | 'not_charged' | 'orphaned';
        /** Format: date-time */
        created_at: string;
        ended_at: string | null;
      }[];
      audit_log: {
        /** Format: date-time */
        at: string;
        action: string;
        actor_kind: string;
        /** @description Whether this user did it */
        by_user: boolean;
        /** @description Whether it was done to this user */
        about_user: boolean;
        ip: string | null;
        request_id: string | null;
        details: {
          [key: string]: unknown;
        };
      }[];
      /** @description Background work for this user: waiting, under way, and ended */
      jobs: {
        /** Format: uuid */
        id: string;
        /** @description What it does */
        queue: string;
        /**
         * @description `failed` after the last attempt
         * @enum {string}
         */
        state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
        retry_count: number;
        /** Format: date-time */
        created_at: string;
        started_at: string | null;
        completed_at: string | null;
        /** @description What it was given */
        payload: {
          [key: string]: unknown;
        } | null;
      }[];
      /** @description When the password was found to be known from a data breach */
      breached_passwords: {
        /** Format: date-time */
        found_at: string;
      }[];
      /** @description Second factors, without their secrets */
      factors: {
        /** Format: uuid */
        id: string;
        /** @enum {string} */
        type: 'totp' | 'passkey' | 'recovery_codes';
        name: string | null;
        /** Format: date-time */
        created_at: string;
        confirmed_at: string | null;
        last_used_at: string | null;
      }[];
      /** @description What passkeys are checked by */
      passkeys: {
        /** Format: uuid */
        id: string;
        /** @description In base64url */
        credential_id: string;
        /** @description COSE key in base64url */
        public_key: string;
        /** @description That of the last signature */
        counter: string;
        transports: string[];
        /** @description Domain that it belongs to, once it is known */
        rp_id: string | null;
      }[];
      api_keys: {
        /** Format: uuid */
        id: string;
        name: string;
        scopes: string[];
        /** Format: date-time */
        created_at: string;
      }[];
      /** @description Sign-ins that waited for the second factor */
      login_tokens: {
        /** Format: date-time */
        created_at: string;
        /** Format: date-time */
        expires_at: string;
        used_at: string | null;
        tries: number;
        /** @description The network that the first factor came from */
        source: string;
        device_id: string | null;
        /** @description The methods of the first factor, RFC 8176 */
        amr: string[];
      }[];
      /** @description At identity providers */
      identities: {
        /** Format: uuid */
        id: string;
        provider: string;
        issuer: string;
        /** @description Who the user is at the issuer */
        subject: string;
        /** @description The address there when it was linked */
        email: string | null;
        /** Format: date-time */
        created_at: string;
        last_used_at: string | null;
      }[];
      invitations: {
        /** @description Whether this user invited */
        by_user: boolean;
        /** @description Whether this user was invited */
        about_user: boolean;
        /** @description Only of this user */
        email: string | null;
        /** @description Only of this user */
        name: string | null;
        /** @enum {string} */
        role: 'user' | 'superuser';
        /** @enum {string} */
        tier: 'free' | 'pro' | 'enterprise';
        /** Format: date-time */
        created_at: string;
        /** Format: date-time */
        expires_at: string;
        accepted_at: string | null;
      }[];
      webhooks: {
        /** Format: uuid */
        id: string;
        description: string | null;
        /** Format: date-time */
        created_at: string;
      }[];
    };
    Liveness: {
      /** @enum {string} */
      status: 'healthy';
      version: string;
      environment: string;
      /** Format: date-time */
      timestamp: string;
    };
    Readiness: {
      /** @enum {string} */
      status: 'ready' | 'not_ready';
      checks: {
        database: boolean;
        redis: boolean;
        external_apis: boolean;
      };
      details: {
        [key: string]: unknown;
      };
      /** Format: date-time */
      timestamp: string;
    };
    LogLevelChange: {
      /** @description `TRACE`, `DEBUG`, `INFO`, `WARN`, `WARNING`, `ERROR`, `FATAL`, `CRITICAL`, in any case */
      level: string;
      /** @default 900 */
      seconds: number;
    };
    LogLevel: {
      level: string;
      /** Format: date-time */
      until: string;
    };
    Overview: {
      version: string;
      build_id: string;
      environment: string;
      /** @description The replica that answered */
      pod: string | null;
      /** @enum {string} */
      status: 'ready' | 'not_ready';
      checks: {
        database: boolean;
        redis: boolean;
        external_apis: boolean;
      };
      details: {
        [key: string]: unknown;
      };
      /** Format: date-time */
      timestamp: string;
      /** @description Database connections of this replica, and requests waiting for one */
      pool: {
        active: number;
        idle: number;
        waiting: number;
        max: number;
      };
      /** @description Jobs of all replicas; null while the database is down */
      queues:
        | {
            queue: string;
            waiting: number;
            active: number;
            failed: number;
          }[]
        | null;
      /** @description Circuit breakers of this replica */
      breakers: {
        name: string;
        /** @enum {string} */
        state: 'closed' | 'half-open' | 'open';
      }[];
      /** @description Of this replica */
      log_level: string;
      /** @description When the configured level returns; null while it is in force */
      log_level_until: string | null;
    };
    Statistics: {
      /** @description Oldest first, days without figures included */
      days: components['schemas']['DayStatistics'][];
    };
    DayStatistics: {
      /**
       * Format: date
       * @description UTC
       */
      day: string;
      /** @description By source, as in `users_created_total` */
      sign_ups: {
        [key: string]: number;
      };
      /** @description Sessions opened, by method */
      sign_ins: {
        [key: string]: number;
      };
      /** @description Deliveries: `sent`, `failed` (tried again), `dead` (given up) */
      mails: {
        [key: string]: number;
      };
      /** @description Answered by the API, without probes and scrapes */
      requests: number;
      /** @description Of them with a status of 500 and above */
      errors: number;
      /** @description Percentiles of their duration, from a histogram; null without requests */
      latency_ms: {
        p50: number;
        p95: number;
        p99: number;
      } | null;
    };
    JobPage: {
      items: components['schemas']['Job'][];
      next_cursor: string | null;
    };
    Job: {
      /** Format: uuid */
      id: string;
      queue: string;
      /** @enum {string} */
      state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
      attempts: number;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      due_at: string;
      completed_at: string | null;
      /** @description Why the last attempt failed */
      error: string | null;
      /** @description The user it is for */
      user_id: string | null;
    };
    RetryJobs: {
      /**
       * @description All queues by default
       * @example email
       */
      queue?: string;
      /** @description `next_cursor` of the batch before */
      cursor?: string;
    };
    JobBatch: {
      /** @description Jobs that this batch has changed */
      count: number;
      /** @description For the next batch; null after the last one */
      next_cursor: string | null;
    };
    PurgeJobs: {
      /**
       * @example failed
       * @enum {string}
       */
      state: 'failed' | 'cancelled' | 'completed';
      /**
       * @description All queues by default
       * @example email
       */
      queue?: string;
      /** @description `next_cursor` of the batch before */
      cursor?: string;
    };
    EventPage: {
      items: {
        /** Format: uuid */
        id: string;
        type: string;
        /** Format: uuid */
        user_id: string;
        /** @description From 1 per user, without gaps, in the order of commits */
        sequence: number;
        /** Format: date-time */
        time: string;
      }[];
      /** @description A page may have no items and still another one */
      next_cursor: string | null;
    };
    EventsStatus: {
      destinations: {
        /** @description `webhooks` stands for all of them */
        destination: string;
        /** @description Events that it has not taken */
        waiting: number;
        /** @description Age of the oldest of these; 0 without one */
        oldest_seconds: number;
      }[];
      /** @description Processes that relay events now */
      relays: number;
      /** @description Time of the oldest stored event */
      oldest_event: string | null;
    };
    Problem: {
      /** @description URI of the kind of problem */
      type: string;
      title: string;
      status: number;
      /** @description What happened, for people */
      detail: string;
      /** @description Path of the request */
      instance: string;
      /** @enum {string} */
      code:
        | 'request.invalid'
        | 'auth.unauthenticated'
        | 'auth.step-up-required'
        | 'auth.forbidden'
        | 'auth.csrf'
        | 'request.not-found'
        | 'request.precondition-failed'
        | 'request.too-large'
        | 'request.unsupported-media-type'
        | 'rate.limited'
        | 'internal'
        | 'service.overloaded'
        | 'dependency.unavailable'
        | 'payments.declined'
        | 'idempotency.in-flight'
        | 'idempotency.mismatch'
        | 'users.not-found'
        | 'users.email-taken'
        | 'auth.invalid-credentials'
        | 'auth.invalid-token'
        | 'auth.last-credential'
        | 'auth.email-unverified'
        | 'auth.factor-required'
        | 'auth.identity-unlinked'
        | 'auth.identity-taken'
        | 'auth.email-required'
        | 'auth.registration-closed'
        | 'invitations.pending'
        | 'jobs.wrong-state';
      request_id: string;
      trace_id: string;
      /** @description Every bad field: an RFC 6901 pointer into the body, `query/<name>` or `path/<name>` */
      errors?: {
        pointer: string;
        detail: string;
      }[];
      /**
       * @description For `POST /auth/login/factor`
       * @example Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU
       */
      login_token?: string;
      /**
       * @description Types of the factors of the account; `recovery_codes` while one is left
       * @example [
       *       "totp",
       *       "recovery_codes"
       *     ]
       */
      factors?: ('totp' | 'passkey' | 'recovery_codes')[];
      /**
       * @description Seconds until the link token is over
       * @example 300
       */
      expires_in?: number;
      /**
       * @description For `POST /users/{id}/identities`, after a sign-in to the account
       * @example Zx3kq0mV9v3oJt1n2cQy7u5wB8dLr4sEaHfGiKjMpTU
       */
      link_token?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listMailTemplates: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Their names */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailTemplates'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  previewMail: {
    parameters: {
      query: {
        template:
          | 'welcome'
          | 'verify_email'
          | 'password_reset'
          | 'account_exists'
          | 'new_device'
          | 'email_changed'
          | 'password_breached'
          | 'factor_added'
          | 'factor_removed'
          | 'recovery_code_used'
          | 'factor_guessed'
          | 'identity_added'
          | 'identity_removed'
          | 'invitation';
        /** @description BCP 47; without it, the default one */
        locale?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The mail */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MailPreview'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAudit: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
        target_id?: string;
        /** @description The user or API key that acted */
        actor_id?: string;
        /** @description ISO 8601, inclusive */
        since?: string;
        /** @description ISO 8601, exclusive */
        until?: string;
        action?:
          | 'auth.password-breached'
          | 'auth.password-refused'
          | 'user.password-rehashed'
          | 'auth.factor-added'
          | 'auth.factor-removed'
          | 'auth.recovery-codes-renewed'
          | 'auth.recovery-code-used'
          | 'auth.factors-reset'
          | 'auth.passkey-cloned'
          | 'user.created'
          | 'user.sign-up-repeated'
          | 'user.updated'
          | 'user.status-changed'
          | 'user.role-changed'
          | 'user.email-changed'
          | 'user.password-changed'
          | 'user.deleted'
          | 'user.email-verified'
          | 'user.password-reset'
          | 'auth.verification-requested'
          | 'auth.password-reset-requested'
          | 'auth.sign-in-disowned'
          | 'auth.account-reclaimed'
          | 'api-key.created'
          | 'api-key.updated'
          | 'api-key.rotated'
          | 'api-key.revoked'
          | 'auth.signed-in'
          | 'auth.signed-out'
          | 'auth.refresh-reused'
          | 'auth.session-revoked'
          | 'auth.sessions-revoked'
          | 'auth.stepped-up'
          | 'auth.step-up-refused'
          | 'auth.factor-refused'
          | 'auth.passkey-refused'
          | 'auth.identity-added'
          | 'auth.identity-removed'
          | 'invitation.created'
          | 'invitation.resent'
          | 'invitation.deleted'
          | 'invitation.accepted'
          | 'webhook.created'
          | 'webhook.updated'
          | 'webhook.secret-rotated'
          | 'webhook.paused'
          | 'webhook.deleted'
          | 'webhook.delivery-retried'
          | 'webhook.replay-requested'
          | 'user.tier-changed'
          | 'payment.requested'
          | 'payment.declined'
          | 'payment.not-charged'
          | 'payment.orphaned'
          | 'users.exported'
          | 'user.exported'
          | 'user.erased'
          | 'log-level.changed'
          | 'log-level.returned'
          | 'job.retried'
          | 'job.deleted'
          | 'jobs.retried'
          | 'jobs.purged'
          | 'faults.begun'
          | 'faults.ended';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of acts */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditPage'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getEventSchema: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        file: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A JSON Schema */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventSchema'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listUsers: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
        email?: string;
        status?: 'active' | 'suspended';
        tier?: 'free' | 'pro' | 'enterprise';
        q?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of users */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserPage'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createUser: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request for 24 hours: sent again with the same body it is not done again but answered the same. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateUser'];
      };
    };
    responses: {
      /** @description The new user */
      201: {
        headers: {
          /** @description Version of the resource, for `If-Match` */
          ETag?: string;
          /** @description Where the new resource is */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Accepted from a stranger, with SIGNUP_DISCLOSURE=false: discloses nothing */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignUpAccepted'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.email-taken`: E-mail address taken; `idempotency.in-flight`: Request in flight */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency.mismatch`: Idempotency key reused */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user */
      200: {
        headers: {
          /** @description Version of the resource, for `If-Match` */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user */
      200: {
        headers: {
          /** @description Version of the resource, for `If-Match` */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteUser: {
    parameters: {
      query?: never;
      header?: {
        /** @description Entity tag the change is based on */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted; the address is free again */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.precondition-failed`: Precondition failed */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateUser: {
    parameters: {
      query?: never;
      header?: {
        /** @description Entity tag the change is based on */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateUser'];
      };
    };
    responses: {
      /** @description The changed user */
      200: {
        headers: {
          /** @description Version of the resource, for `If-Match` */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.email-taken`: E-mail address taken */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.precondition-failed`: Precondition failed */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  startTotp: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartTotp'];
      };
    };
    responses: {
      /** @description It counts once it is confirmed */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TotpEnrolment'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden; `auth.email-unverified`: E-mail address not verified */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  confirmTotp: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        factorId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfirmTotp'];
      };
    };
    responses: {
      /** @description It counts from now on; the first factor comes with recovery codes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConfirmedFactor'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden; `auth.email-unverified`: E-mail address not verified */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user; `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  startPasskey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartPasskey'];
      };
    };
    responses: {
      /** @description Options of `navigator.credentials.create`, good for five minutes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyCreationOptions'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden; `auth.email-unverified`: E-mail address not verified */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  addPasskey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AddPasskey'];
      };
    };
    responses: {
      /** @description It counts from now on; the first factor comes with recovery codes */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AddedPasskey'];
        };
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden; `auth.email-unverified`: E-mail address not verified */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listFactors: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Factors and recovery codes, oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Factors'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  renewRecoveryCodes: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description New codes; the old ones are void */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecoveryCodes'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user; `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  removeFactor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        factorId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removed; recovery codes go with the last factor */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user; `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.last-credential`: Last way to sign in */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  renameFactor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        factorId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RenameFactor'];
      };
    };
    responses: {
      /** @description The renamed factor */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Factor'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user; `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  verifyEmail: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['VerifyEmail'];
      };
    };
    responses: {
      /** @description The address is verified */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resendVerification: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AccountMailRequest'];
      };
    };
    responses: {
      /** @description Mailed, if due */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Accepted'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  forgotPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AccountMailRequest'];
      };
    };
    responses: {
      /** @description Mailed, if there is such a user */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Accepted'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resetPassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResetPassword'];
      };
    };
    responses: {
      /** @description The password is set; all sessions have ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  disownSignIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NotMe'];
      };
    };
    responses: {
      /** @description All sessions have ended; a password reset is mailed */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listApiKeys: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of keys */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKeyPage'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateApiKey'];
      };
    };
    responses: {
      /** @description The key, with its secret text */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedApiKey'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Revoked */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        keyId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateApiKey'];
      };
    };
    responses: {
      /** @description The changed key */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKey'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rotateApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        keyId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RotateApiKey'];
      };
    };
    responses: {
      /** @description The key, with its new secret text */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedApiKey'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  login: {
    parameters: {
      query?: never;
      header?: {
        /** @description `device_token` of an earlier sign-in: lets its owner in while others guess */
        'X-Device-Token'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Login'];
      };
    };
    responses: {
      /** @description Tokens of a new session */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tokens'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.factor-required`: Second factor required; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  loginFactor: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FactorLogin'];
      };
    };
    responses: {
      /** @description Tokens of a new session */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tokens'];
        };
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  loginFactorOptions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FactorOptions'];
      };
    };
    responses: {
      /** @description Options of `navigator.credentials.get`, good for five minutes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyRequestOptions'];
        };
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Refresh'];
      };
    };
    responses: {
      /** @description The next tokens of the session */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tokens'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  logout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session has ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  passkeyOptions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Options of `navigator.credentials.get`, good for five minutes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyRequestOptions'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  loginPasskey: {
    parameters: {
      query?: never;
      header?: {
        /** @description `device_token` of an earlier sign-in: lets its owner in while others guess */
        'X-Device-Token'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PasskeyLogin'];
      };
    };
    responses: {
      /** @description Tokens of a new session */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tokens'];
        };
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Living sessions, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Sessions'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeOtherSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The other sessions have ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session has ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getCurrentSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session in use */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentSession'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listUserSessions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Living sessions, newest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Sessions'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeUserSessions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All sessions have ended */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getJwks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A JWK set (RFC 7517) */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JwkSet'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  stepUp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StepUp'];
      };
    };
    responses: {
      /** @description The session is `aal2` */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StepUpTokens'];
        };
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  stepUpOptions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Options of `navigator.credentials.get`, good for five minutes */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PasskeyRequestOptions'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listProviders: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Providers to sign in through */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IdentityProviders'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  startProviderSignIn: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        provider: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartProviderSignIn'];
      };
    };
    responses: {
      /** @description Where the person signs in */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProviderSignIn'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.email-unverified`: E-mail address not verified */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  exchangeProviderSignIn: {
    parameters: {
      query?: never;
      header?: {
        /** @description `device_token` of an earlier sign-in */
        'X-Device-Token'?: string;
      };
      path: {
        provider: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ExchangeProviderSignIn'];
      };
    };
    responses: {
      /** @description Tokens of a new session */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tokens'];
        };
      };
      /** @description The identity is linked to the caller, who began signed in */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Identity'];
        };
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.factor-required`: Second factor required; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.registration-closed`: Registration closed; `auth.email-unverified`: E-mail address not verified */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.identity-unlinked`: Identity not linked; `auth.identity-taken`: Identity taken; `auth.email-required`: E-mail address needed */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listIdentities: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Identities at providers, oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Identities'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  linkIdentity: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LinkIdentity'];
      };
    };
    responses: {
      /** @description It can sign in from now on */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Identity'];
        };
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.invalid-credentials`: Invalid credentials; `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden; `auth.email-unverified`: E-mail address not verified */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.identity-taken`: Identity taken */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  unlinkIdentity: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        identityId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It signs in no more */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user; `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.last-credential`: Last way to sign in */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listInvitations: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of invitations */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InvitationPage'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateInvitation'];
      };
    };
    responses: {
      /** @description The invitation; its mail is queued */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Invitation'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.email-taken`: E-mail address taken; `invitations.pending`: Invitation pending */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resendInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        invitationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Mailed; the link before has no effect any more */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Accepted'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.email-taken`: E-mail address taken */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        invitationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted; its link has no effect any more */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  acceptInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AcceptInvitation'];
      };
    };
    responses: {
      /** @description The new user, whose address is verified */
      201: {
        headers: {
          /** @description Version of the resource, for `If-Match` */
          ETag?: string;
          /** @description Where the new resource is */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description `auth.invalid-token`: Invalid token; `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.email-taken`: E-mail address taken */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listWebhooks: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of webhooks */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookPage'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateWebhook'];
      };
    };
    responses: {
      /** @description The webhook, with its secret */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookWithSecret'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        webhookId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        webhookId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        webhookId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateWebhook'];
      };
    };
    responses: {
      /** @description The changed webhook */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rotateWebhookSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        webhookId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RotateWebhookSecret'];
      };
    };
    responses: {
      /** @description The webhook, with its new secret */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookWithSecret'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getWebhookBacklog: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A hundred at most */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookBacklog'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listWebhookDeliveries: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
        state?: 'pending' | 'delivered' | 'dead';
      };
      header?: never;
      path: {
        webhookId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of deliveries */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDeliveryPage'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retryWebhookDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery, pending */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDelivery'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  testWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        webhookId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery of the test event */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookDelivery'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  replayWebhookEvents: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        webhookId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReplayEvents'];
      };
    };
    responses: {
      /** @description The events will be delivered */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeTier: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request for 24 hours: sent again with the same body it is not done again but answered the same. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeTier'];
      };
    };
    responses: {
      /** @description The user, in that tier */
      200: {
        headers: {
          /** @description Version of the resource, for `If-Match` */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description Whether the charge was made is not known yet; the tier changes by itself once it is */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TierChangePending'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `payments.declined`: Payment declined */
      402: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency.in-flight`: Request in flight */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency.mismatch`: Idempotency key reused */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  exportUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The data */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDataExport'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `users.not-found`: No such user */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The process runs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Liveness'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getReady: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Ready */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description Not ready */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Readiness'];
        };
      };
    };
  };
  setLogLevel: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LogLevelChange'];
      };
    };
    responses: {
      /** @description The level, and when the configured one returns */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogLevel'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getOverview: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Of the replica that answers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Overview'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getStatistics: {
    parameters: {
      query?: {
        /** @description Days up to today */
        days?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Of all replicas */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Statistics'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listJobs: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
        queue?: string;
        /** @description `failed`: after the last attempt; `retry`: waits for its next one */
        state?: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
        /** @description Only jobs for this user */
        user_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of jobs */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobPage'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retryJobs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RetryJobs'];
      };
    };
    responses: {
      /** @description They are due */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobBatch'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  purgeJobs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PurgeJobs'];
      };
    };
    responses: {
      /** @description They are deleted */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobBatch'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.too-large`: Request too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.unsupported-media-type`: Unsupported media type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retryJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        jobId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The job is due */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Accepted'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `jobs.wrong-state`: Job in another state */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        jobId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted; what it was to do is never done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `request.not-found`: No such resource */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `jobs.wrong-state`: Job in another state */
      409: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listEvents: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
        type?: string;
        /** @description Only events of this user */
        user_id?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of events */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventPage'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getEventsStatus: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Of all replicas */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventsStatus'];
        };
      };
      /** @description `request.invalid`: Invalid request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.unauthenticated`: Authentication needed; `auth.step-up-required`: Second factor needed */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `auth.forbidden`: Forbidden */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `rate.limited`: Too many requests */
      429: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          /** @description Quota `q` per window of `w` seconds, for each policy of the route */
          'RateLimit-Policy'?: string;
          /** @description Requests left (`r`) and seconds until the window ends (`t`); on limited routes always */
          RateLimit?: string;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `service.overloaded`: Overloaded; `dependency.unavailable`: Dependency unavailable */
      503: {
        headers: {
          /** @description Seconds until trying again helps */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
