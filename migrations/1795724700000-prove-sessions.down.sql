ALTER TABLE public.sessions DROP COLUMN acr, DROP COLUMN amr, DROP COLUMN auth_time;
