-- Users that were told that their password is known from a data breach: one mail for each password.
CREATE TABLE public.breached_passwords (
  user_id uuid PRIMARY KEY REFERENCES public.users (id) ON DELETE CASCADE,
  -- SHA-256 of the stored hash: tells whether it is still the same password.
  hash_digest bytea NOT NULL,
  found_at timestamptz NOT NULL DEFAULT now()
);
