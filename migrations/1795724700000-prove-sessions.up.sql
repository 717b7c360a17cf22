-- How the person behind a session proved it: level, methods (RFC 8176) and time. The previous
-- release opens sessions by password only, now.
ALTER TABLE public.sessions
  ADD COLUMN acr text NOT NULL DEFAULT 'aal1' CHECK (acr IN ('aal1', 'aal2')),
  ADD COLUMN amr text[] NOT NULL DEFAULT '{pwd}',
  ADD COLUMN auth_time timestamptz NOT NULL DEFAULT now();
