DROP TABLE public.daily_figures;
