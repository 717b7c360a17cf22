DELETE FROM public.mailed_tokens WHERE purpose = 'not_me';
ALTER TABLE public.mailed_tokens
  DROP CONSTRAINT mailed_tokens_purpose_check,
  ADD CONSTRAINT mailed_tokens_purpose_check
    CHECK (purpose IN ('verify_email', 'password_reset', 'account_exists'));
ALTER TABLE public.users DROP COLUMN device_generation;
ALTER TABLE public.known_sources DROP COLUMN clients;
