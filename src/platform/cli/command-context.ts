import type { INestApplicationContext, ModuleMetadata } from '@nestjs/common';

import type { Area } from '../config/area.js';
import type { Section } from '../config/section.js';

/** The application, as a command needs it. */
export interface CommandNeeds {
  /** Parts of the configuration; nothing else is validated. */
  readonly configs: readonly Section[];
  readonly imports?: Readonly<NonNullable<ModuleMetadata['imports']>>;
  /** False for commands that migrate or check pending migrations themselves. */
  readonly migrateEmbedded?: boolean;
}

/** Opens the application for commands and closes it afterwards. */
export abstract class CommandContext {
  /** All variables there are. */
  abstract readonly areas: readonly Area[];

  /**
   * Opens configuration, logs (on stderr) and database with the given modules, runs the work and
   * closes everything again.
   * @throws InvalidConfiguration; CommandFailed when the database cannot be reached.
   */
  abstract run<Result>(
    needs: CommandNeeds,
    work: (context: INestApplicationContext) => Promise<Result>,
  ): Promise<Result>;

  /** The API description, without configuration, connections or a listening server. */
  abstract describeApi(): Promise<object>;
}
