-- By itself, so that sign-ups go on meanwhile.
ALTER TABLE public.mailed_tokens VALIDATE CONSTRAINT mailed_tokens_purpose_check;
