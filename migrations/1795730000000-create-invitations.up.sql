-- People whom a superuser or a service has asked to have an account.
CREATE TABLE public.invitations (
  id uuid PRIMARY KEY,
  email text NOT NULL CHECK (char_length(email) <= 254),
  email_as_typed text CHECK (char_length(email_as_typed) <= 254),
  name text CHECK (char_length(name) BETWEEN 1 AND 200),
  role text NOT NULL CHECK (role IN ('user', 'superuser')),
  tier text NOT NULL CHECK (tier IN ('free', 'pro', 'enterprise')),
  -- A user or an API key, as in the audit log. Without an id: an erased user, or a key of `API_KEY`.
  inviter_kind text NOT NULL CHECK (inviter_kind IN ('user', 'service')),
  inviter_id uuid,
  -- What the token of the newest mail is made from: HMAC(key, token_id). Only its hash is stored.
  token_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  -- The account it became. Checked at the commit: the invitation is used up before the account is created.
  user_id uuid REFERENCES public.users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  CHECK ((accepted_at IS NULL) = (user_id IS NULL))
);

-- One open invitation an address; a new one replaces one that has expired.
CREATE UNIQUE INDEX invitations_open ON public.invitations (lower(email COLLATE "C")) WHERE accepted_at IS NULL;
CREATE INDEX invitations_user ON public.invitations (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX invitations_inviter ON public.invitations (inviter_id) WHERE inviter_id IS NOT NULL;
-- What cleanup looks for.
CREATE INDEX invitations_over ON public.invitations ((coalesce(accepted_at, expires_at)));
