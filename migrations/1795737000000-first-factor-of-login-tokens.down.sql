ALTER TABLE public.login_tokens DROP COLUMN amr;
