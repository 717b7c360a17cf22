import { Injectable } from '@nestjs/common';

/** Whether the process is on its way out: from then on it asks for no new work. */
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
