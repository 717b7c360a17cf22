DROP TABLE public.breached_passwords;
