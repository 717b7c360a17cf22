import { EventEmitter } from 'node:events';

import { Injectable } from '@nestjs/common';

/**
 * Tells consumers of a queue that jobs have arrived in it, or have become due. Polling finds the
 * latter, and jobs with a lost notification.
 */
@Injectable()
export class JobArrivals {
  private readonly queues = new EventEmitter();

  onArrival(queue: string, listener: () => void): void {
    this.queues.on(queue, listener);
  }

  arrived(queue: string): void {
    this.queues.emit(queue);
  }

  /** Notifications may have been lost: any queue may hold jobs. */
  anythingMayHaveArrived(): void {
    for (const queue of this.queues.eventNames()) this.queues.emit(queue);
  }
}
