-- The language of a user's mails and pages, a BCP 47 tag. The default is for users from before, and for those whom the
-- previous release still creates.
ALTER TABLE public.users ADD COLUMN locale text NOT NULL DEFAULT 'en';
