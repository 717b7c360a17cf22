DROP INDEX audit_log_actor;
DELETE FROM mailed_tokens WHERE purpose = 'account_exists';
ALTER TABLE mailed_tokens
  DROP CONSTRAINT mailed_tokens_purpose_check,
  ADD CONSTRAINT mailed_tokens_purpose_check CHECK (purpose IN ('verify_email', 'password_reset'));
ALTER TABLE idempotency_keys DROP COLUMN holder;
