DROP INDEX public.passkeys_domain;
