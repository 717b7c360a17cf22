-- How the first factor was proved, RFC 8176: no longer by a password alone.
ALTER TABLE public.login_tokens ADD COLUMN amr text[] NOT NULL DEFAULT '{pwd}';
