-- Passkeys are factors. NOT VALID: existing rows fit, and are not read under the lock.
ALTER TABLE public.factors
  DROP CONSTRAINT factors_type_check,
  ADD CONSTRAINT factors_type_check CHECK (type IN ('totp', 'recovery_codes', 'passkey')) NOT VALID;

CREATE TABLE public.passkeys (
  factor_id uuid PRIMARY KEY REFERENCES public.factors (id) ON DELETE CASCADE,
  -- Chosen by the authenticator, at most 1023 bytes (WebAuthn §4).
  credential_id bytea NOT NULL UNIQUE CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
  -- As a COSE key (RFC 9052).
  public_key bytea NOT NULL,
  -- That of the last signature: 32 bits without a sign. 0 where the authenticator does not count.
  counter bigint NOT NULL,
  -- How browsers reach the authenticator.
  transports text[] NOT NULL
);

-- Challenges that were not answered yet. Each is deleted by its answer.
CREATE TABLE public.passkey_challenges (
  id uuid PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('register', 'sign_in', 'second_factor', 'step_up')),
  -- Whose answer counts; null where the answer tells.
  user_id uuid REFERENCES public.users (id) ON DELETE CASCADE,
  -- The session or login token that it was made for.
  bound_to uuid,
  challenge bytea NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenges_user ON public.passkey_challenges (user_id);
CREATE INDEX passkey_challenges_over ON public.passkey_challenges (expires_at);
