-- Who users are at identity providers: an issuer and a subject, never an address.
CREATE TABLE public.identities (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES public.users (id) ON DELETE CASCADE,
  provider text NOT NULL CHECK (char_length(provider) <= 32),
  issuer text NOT NULL CHECK (char_length(issuer) <= 1000),
  subject text NOT NULL CHECK (char_length(subject) <= 1000),
  -- As the provider named it at that time.
  email text CHECK (char_length(email) <= 254),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);
CREATE UNIQUE INDEX identities_unique ON public.identities (issuer, subject);
CREATE INDEX identities_user ON public.identities (user_id, id);

-- Sign-ins that wait for the callback of a provider. Each is deleted by its callback.
CREATE TABLE public.oidc_states (
  id uuid PRIMARY KEY,
  -- SHA-256 of 256 random bits, which state, nonce and PKCE verifier are made from.
  token_hash bytea NOT NULL UNIQUE,
  provider text NOT NULL CHECK (char_length(provider) <= 32),
  redirect_uri text NOT NULL CHECK (char_length(redirect_uri) <= 4096),
  -- Who links an identity; null for a sign-in.
  user_id uuid REFERENCES public.users (id) ON DELETE CASCADE,
  credentials_version integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX oidc_states_user ON public.oidc_states (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX oidc_states_over ON public.oidc_states (expires_at);

-- Identities that wait for the sign-in of the account's owner. Each is deleted by its use.
CREATE TABLE public.identity_link_tokens (
  id uuid PRIMARY KEY,
  -- SHA-256 of 256 random bits.
  token_hash bytea NOT NULL UNIQUE,
  provider text NOT NULL CHECK (char_length(provider) <= 32),
  issuer text NOT NULL CHECK (char_length(issuer) <= 1000),
  subject text NOT NULL CHECK (char_length(subject) <= 1000),
  -- Only the account with this address can link it.
  email text NOT NULL CHECK (char_length(email) <= 254),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX identity_link_tokens_over ON public.identity_link_tokens (expires_at);
