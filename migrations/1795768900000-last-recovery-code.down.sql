ALTER TABLE public.factors DROP COLUMN last_code_hash;
