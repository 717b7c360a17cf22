ALTER TABLE public.sessions DROP COLUMN step_up_tries;
