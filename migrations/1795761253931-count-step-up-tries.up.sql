-- Tries to raise a session that are being checked or were wrong. step_up_failures counts only those that were wrong.
ALTER TABLE public.sessions ADD COLUMN step_up_tries smallint NOT NULL DEFAULT 0;
