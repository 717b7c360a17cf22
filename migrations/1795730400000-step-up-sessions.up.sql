-- Which factor raised a session to aal2, and wrong tries to raise it: too many end it.
ALTER TABLE public.sessions
  ADD COLUMN factor_id uuid,
  ADD COLUMN step_up_failures smallint NOT NULL DEFAULT 0;
CREATE INDEX sessions_factor ON public.sessions (factor_id) WHERE factor_id IS NOT NULL;
