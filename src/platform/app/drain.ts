import { Injectable } from '@nestjs/common';

/** Whether the process is shutting down and accepts no new work. */
@Injectable()
export class Drain {
  private draining = false;

  begin(): void {
    this.draining = true;
  }

  get active(): boolean {
    return this.draining;
  }
}
