import { Injectable } from '@nestjs/common';

import { threadTasks } from '../../../platform/declarations/thread-task.js';
import { Workers } from '../../../platform/workers/workers.service.js';

/** A sign-in needs one hash at once; a sign-up can wait a little longer. */
export const passwordTasks = threadTasks<typeof import('./password.task.js')>(
  'password',
  import.meta.url,
  { verify: 'login', hash: 'sign-up' },
);

/** argon2id off the event loop: one hash takes about 30 ms of CPU. */
@Injectable()
export class PasswordHasher {
  constructor(private readonly workers: Workers) {}

  /** @returns the hash in PHC string format. @throws Overloaded, ThreadLost */
  async hash(password: string): Promise<string> {
    return this.workers.submitCpuTask(passwordTasks.hash, password);
  }

  /** @throws Overloaded, ThreadLost */
  async verify(hash: string, password: string): Promise<boolean> {
    return this.workers.submitCpuTask(passwordTasks.verify, { hash, password });
  }
}
