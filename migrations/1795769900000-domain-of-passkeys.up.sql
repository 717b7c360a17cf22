-- The domain that a passkey belongs to (WebAuthn's RP id). Unknown for those made before, until they are used again.
ALTER TABLE public.passkeys ADD COLUMN rp_id text CHECK (char_length(rp_id) <= 253);
