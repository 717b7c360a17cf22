-- Without their factor nothing lowers them.
UPDATE public.sessions SET acr = 'aal1', amr = array_remove(array_remove(amr, 'otp'), 'mfa')
 WHERE factor_id IS NOT NULL;
ALTER TABLE public.sessions DROP COLUMN factor_id, DROP COLUMN step_up_failures;
