/** `emailKey` in SQL: "C" folds ASCII alone, whatever the locale of the database. Index `users_email_unique`. */
export const EMAIL_KEY = `lower(email COLLATE "C")`;
