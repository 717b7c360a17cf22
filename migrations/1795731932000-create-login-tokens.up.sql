-- Sign-ins whose password was right and that wait for the second factor.
CREATE TABLE public.login_tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
  -- SHA-256 of 256 random bits.
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  -- Checks of a factor that have begun: too many end it.
  tries smallint NOT NULL DEFAULT 0,
  -- Those of the user when it was made: it ends when they are others.
  credentials_version integer NOT NULL,
  factor_ids uuid[] NOT NULL,
  -- Where the password came from: wrong factors count there.
  source text NOT NULL CHECK (char_length(source) <= 64),
  device_id uuid
);
CREATE INDEX login_tokens_user ON public.login_tokens (user_id);
CREATE INDEX login_tokens_over ON public.login_tokens (expires_at);
