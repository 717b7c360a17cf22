DROP TABLE public.login_tokens;
