import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';

import { emailKey } from '../../platform/common/email-address.js';
import { Database } from '../../platform/database/database.js';
import { runPrepared } from '../../platform/database/transactions/prepared.js';
import { RowLoader } from '../../platform/database/statements/row-loader.js';
import type { Write } from '../../platform/database/transactions/write.js';
import { Traced } from '../../platform/observability/tracing/traced.decorator.js';
import { UserEvents } from './events/user-events.js';
import { EMAIL_KEY } from './fields/email-key.js';
import { UserNotFound } from './user.errors.js';
import { User } from './user.entity.js';
import { changeOf, hashReplacement, insertFree, insertionOf, type NewUser } from './user-writes.js';

/** Named, so that statements stay prepared after a migration: see `runPrepared`. */
const COLUMNS = `id, email, email_as_typed, name, password_hash, status, role, tier, source, email_verified, locale, version,
  credentials_version, device_generation, created_at, updated_at, deleted_at`;
const BY_ID = `SELECT ${COLUMNS} FROM public.users WHERE id = ANY($1::uuid[]) AND deleted_at IS NULL`;
const CURRENT = `SELECT ${COLUMNS} FROM public.users WHERE id = $1`;
const BY_EMAIL = `SELECT ${COLUMNS} FROM public.users WHERE ${EMAIL_KEY} = ANY($1::text[]) AND deleted_at IS NULL`;
const TAKEN = `SELECT ${EMAIL_KEY} AS key FROM public.users
  WHERE ${EMAIL_KEY} = ANY($1::text[]) AND deleted_at IS NULL`;

/** Rows that refer to the user can be stored meanwhile: their statements may hold locks that this one needs. */
const FOR_UPDATE = { mode: 'for_no_key_update' } as const;

/** Any constant of our own: the first bytes of sha256('last-superuser'). */
const SUPERUSERS_LOCK = 0x6c617374;

/** Single users in the database, without deleted ones. Lists are in user-list.ts, statements that write in user-writes.ts. */
@Injectable()
export class UsersRepository {
  private readonly rows: RowLoader<User>;
  private readonly rowsByEmail: RowLoader<User>;
  private readonly taken: RowLoader<string>;

  constructor(
    private readonly database: Database,
    private readonly events: UserEvents,
  ) {
    this.rows = new RowLoader(async (ids) => {
      const rows = await database.readPrepared<User>(BY_ID, [ids]);
      return new Map(rows.map((row) => [row.id, row]));
    });
    this.rowsByEmail = new RowLoader(async (emails) => {
      const rows = await database.readPrepared<User>(BY_EMAIL, [emails]);
      return new Map(rows.map((row) => [emailKey(row.email), row]));
    });
    this.taken = new RowLoader(async (emails) => {
      const rows = await database.readPrepared<{ key: string }>(TAKEN, [emails]);
      return new Map(rows.map(({ key }) => [key, key]));
    });
  }

  /** A user by id; undefined if there is none. @throws DependencyUnavailable */
  async find(id: string): Promise<User | undefined> {
    return this.rows.load(id);
  }

  /**
   * A user by id.
   * @throws UserNotFound, DependencyUnavailable
   */
  async byId(id: string): Promise<User> {
    const user = await this.find(id);
    if (user === undefined) throw new UserNotFound();
    return user;
  }

  /** Whether a living user has the address, in any case. */
  @Traced('user_service.get_user_by_email', { 'db.operation': 'SELECT', 'db.table': 'users' })
  async emailExists(email: string): Promise<boolean> {
    return (await this.taken.load(emailKey(email))) !== undefined;
  }

  /** A user by address, in any case; undefined if there is none. */
  async byEmail(email: string): Promise<User | undefined> {
    return this.rowsByEmail.load(emailKey(email));
  }

  /** Replaces the hash of the same password, unless the password has changed meanwhile. */
  replacedHash(id: string, from: string, to: string): Write {
    return hashReplacement(id, from, to);
  }

  /**
   * A user by id, locked until the current transaction ends.
   * @throws UserNotFound
   */
  async lock(id: string): Promise<User> {
    const user = await this.lockIfPresent(id);
    if (user === null) throw new UserNotFound();
    return user;
  }

  /** The same; null if there is none. */
  async lockIfPresent(id: string): Promise<User | null> {
    return this.database.current.findOne(User, {
      where: { id, deleted_at: IsNull() },
      lock: FOR_UPDATE,
    });
  }

  /** The same, of a user who may have been deleted. */
  async lockDeletedToo(id: string): Promise<User> {
    return this.database.current.findOneOrFail(User, { where: { id }, lock: FOR_UPDATE });
  }

  /** The same by address, in any case; null if there is none. */
  async lockByEmail(email: string): Promise<User | null> {
    return this.database.current
      .createQueryBuilder(User, 'user')
      .where(`${EMAIL_KEY} = :key AND user.deleted_at IS NULL`, { key: emailKey(email) })
      .setLock(FOR_UPDATE.mode)
      .getOne();
  }

  /**
   * Whether there is another active superuser. Transactions that ask take turns, so that two
   * superusers do not remove each other.
   */
  async hasOtherSuperuser(id: string): Promise<boolean> {
    await this.database.current.query('SELECT pg_advisory_xact_lock($1)', [SUPERUSERS_LOCK]);
    return this.database.current.existsBy(User, {
      id: Not(id),
      role: 'superuser',
      status: 'active',
      deleted_at: IsNull(),
    });
  }

  /** A user by id, deleted or not, in the current transaction; undefined if there is none. */
  async current(id: string): Promise<User | undefined> {
    const { rows } = await runPrepared<User>(this.database.current, {
      text: CURRENT,
      values: [id],
    });
    return rows[0];
  }

  /**
   * A new user, and its event. Its commit throws EmailTaken: the unique index decides, not an earlier
   * check.
   */
  insertion(user: NewUser): Write[] {
    return [insertionOf(user), this.creation(user)];
  }

  /** Inserts users whose address is free, with their events. @returns their ids. */
  async insertNew(users: readonly NewUser[]): Promise<Set<string>> {
    const stored = await insertFree(this.database.current, users);
    const events = users.filter(({ id }) => stored.has(id)).map((user) => this.creation(user));
    if (events.length > 0) await this.database.commit(events);
    return stored;
  }

  /**
   * A change of a locked user, and its events. Its commit throws EmailTaken.
   * @param after with the changes of `changed`.
   */
  update(before: User, after: User): Write[] {
    return [changeOf(after), ...this.events.ofChange(before, after)];
  }

  private creation(user: NewUser): Write {
    const first = { version: 1, credentials_version: 1, device_generation: 1, deleted_at: null };
    return this.events.of('user.created', { ...user, ...first }, {});
  }
}

/** A user with changes and the next version. */
export function changed(user: User, changes: Partial<User>): User {
  return { ...user, ...changes, version: user.version + 1, updated_at: new Date() };
}
