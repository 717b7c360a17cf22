-- Addresses of internationalised domains: `email` has the domain in ASCII, which mail servers and every
-- comparison understand; this has what was typed, where that is something else.
ALTER TABLE users ADD COLUMN email_as_typed text;

-- The previous release changes `email` alone. One release later this can go.
CREATE FUNCTION users_email_typed_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.email_as_typed := NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER users_email_typed_before BEFORE UPDATE OF email ON users FOR EACH ROW
  WHEN (NEW.email IS DISTINCT FROM OLD.email AND NEW.email_as_typed IS NOT DISTINCT FROM OLD.email_as_typed)
  EXECUTE FUNCTION users_email_typed_before();
