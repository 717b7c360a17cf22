-- The hash of the recovery code that was used last: who sends it twice does not guess.
ALTER TABLE public.factors ADD COLUMN last_code_hash bytea;
