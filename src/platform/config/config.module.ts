import type { DynamicModule } from '@nestjs/common';
import { ConfigModule as NestConfigModule } from '@nestjs/config';

import type { Section } from './section.js';

/** Makes the typed values of sections injectable: `@Inject(databaseConfig.KEY)`. */
export const ConfigModule = {
  forRoot(configs: readonly Section[]): Promise<DynamicModule> {
    return NestConfigModule.forRoot({
      isGlobal: true,
      // The environment was read and validated before Nest; it is not read a second time.
      ignoreEnvFile: true,
      ignoreEnvVars: true,
      load: [...configs],
    });
  },
};
