-- With which programs an account was used from a source. Empty: with any, for rows from before.
ALTER TABLE public.known_sources ADD COLUMN clients text[] NOT NULL DEFAULT '{}';

-- Which device tokens are valid: those of the current generation.
ALTER TABLE public.users ADD COLUMN device_generation integer NOT NULL DEFAULT 1;

-- The token of a mail about a new device; it ends what that device can do. NOT VALID: existing rows
-- fit, and are not read under the lock.
ALTER TABLE public.mailed_tokens
  DROP CONSTRAINT mailed_tokens_purpose_check,
  ADD CONSTRAINT mailed_tokens_purpose_check
    CHECK (purpose IN ('verify_email', 'password_reset', 'account_exists', 'not_me')) NOT VALID;
