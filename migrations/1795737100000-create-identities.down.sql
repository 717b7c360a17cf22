DROP TABLE public.identity_link_tokens;

DROP TABLE public.oidc_states;

DROP TABLE public.identities;
