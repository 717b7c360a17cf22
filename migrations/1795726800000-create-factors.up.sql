-- Second factors. A factor counts from its confirmation on.
CREATE TABLE public.factors (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
  type text NOT NULL CHECK (type IN ('totp', 'recovery_codes')),
  name text,
  -- Encrypted with the data key.
  secret bytea,
  -- The time step of the last code that was accepted: each step is used once.
  last_step integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at timestamptz,
  last_used_at timestamptz,
  CHECK ((type = 'totp') = (secret IS NOT NULL))
);
CREATE INDEX factors_user ON public.factors (user_id, id);
CREATE UNIQUE INDEX factors_recovery_codes ON public.factors (user_id) WHERE type = 'recovery_codes';
CREATE INDEX factors_unconfirmed ON public.factors (created_at) WHERE confirmed_at IS NULL;

-- Codes that were not used yet, by their SHA-256: a code of 80 random bits needs no slow hash.
CREATE TABLE public.recovery_codes (
  factor_id uuid NOT NULL REFERENCES public.factors (id) ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  PRIMARY KEY (factor_id, code_hash)
);
