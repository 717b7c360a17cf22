import { Injectable } from '@nestjs/common';

import { ThreadPool } from './thread-pool.js';

/** argon2id off the event loop: one hash takes about 30 ms of CPU. */
@Injectable()
export class PasswordHasher {
  constructor(private readonly threads: ThreadPool) {}

  /** @returns the hash in PHC string format. @throws Overloaded */
  async hash(password: string): Promise<string> {
    return this.threads.run({ module: 'password', name: 'hash' }, password);
  }

  /** @throws Overloaded */
  async verify(hash: string, password: string): Promise<boolean> {
    return this.threads.run({ module: 'password', name: 'verify' }, { hash, password });
  }
}
