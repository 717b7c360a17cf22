-- Who holds a key in flight: a holder that was given up for dead must not complete it later.
ALTER TABLE idempotency_keys ADD COLUMN holder uuid;

-- A record of mails about repeated sign-ups; such a token opens nothing.
ALTER TABLE mailed_tokens
  DROP CONSTRAINT mailed_tokens_purpose_check,
  ADD CONSTRAINT mailed_tokens_purpose_check
    CHECK (purpose IN ('verify_email', 'password_reset', 'account_exists'));

-- What a user did, for the export of their data.
CREATE INDEX audit_log_actor ON audit_log (actor_id, id DESC) WHERE actor_id IS NOT NULL;
