import { Injectable } from '@nestjs/common';

import { Workers } from '../../platform/workers/workers.service.js';

/** argon2id off the event loop: one hash takes about 30 ms of CPU. */
@Injectable()
export class PasswordHasher {
  constructor(private readonly workers: Workers) {}

  /** @returns the hash in PHC string format. @throws Overloaded, ThreadLost */
  async hash(password: string): Promise<string> {
    return this.workers.submitCpuTask('password.hash', password);
  }

  /** @throws Overloaded, ThreadLost */
  async verify(hash: string, password: string): Promise<boolean> {
    return this.workers.submitCpuTask('password.verify', { hash, password });
  }
}
