DROP TABLE public.passkey_challenges;
DROP TABLE public.passkeys;
-- Without their factor nothing lowers them.
UPDATE public.sessions SET acr = 'aal1', factor_id = NULL
 WHERE factor_id IN (SELECT id FROM public.factors WHERE type = 'passkey');
DELETE FROM public.factors WHERE type = 'passkey';
-- Codes alone are no factor.
DELETE FROM public.factors f
 WHERE type = 'recovery_codes'
   AND NOT EXISTS (SELECT FROM public.factors o WHERE o.user_id = f.user_id AND o.type = 'totp' AND o.confirmed_at IS NOT NULL);
ALTER TABLE public.factors
  DROP CONSTRAINT factors_type_check,
  ADD CONSTRAINT factors_type_check CHECK (type IN ('totp', 'recovery_codes'));
