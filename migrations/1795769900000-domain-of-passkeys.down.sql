ALTER TABLE public.passkeys DROP COLUMN rp_id;
