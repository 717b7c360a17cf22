-- By itself, so that sign-ins go on meanwhile.
ALTER TABLE public.factors VALIDATE CONSTRAINT factors_type_check;
