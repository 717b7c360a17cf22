DROP TABLE public.recovery_codes;
DROP TABLE public.factors;
