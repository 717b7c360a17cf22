import { randomBytes } from 'node:crypto';

/** What `app-secrets` holds, made up for one run. @param databaseUrl of the private database. */
export function inventSecrets(databaseUrl: string) {
  return {
    DATABASE_URL: databaseUrl,
    API_KEY: randomBytes(32).toString('hex'),
    JWT_SECRET: randomBytes(32).toString('hex'),
    DATA_KEY: randomBytes(32).toString('base64'),
    EMAIL_SERVICE_URL: 'log:',
  };
}
