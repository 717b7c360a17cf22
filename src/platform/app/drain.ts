import { Injectable } from '@nestjs/common';

/** Whether the process is shutting down and accepts no new work. */
@Injectable()
export class Drain {
  active = false;

  begin(): void {
    this.active = true;
  }
}
