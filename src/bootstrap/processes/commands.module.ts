import { type DynamicModule, Module } from '@nestjs/common';

import { CommandContext } from '../../platform/cli/command-context.js';
import { features } from '../features.js';

/** The commands. They open what they need of the application only when they run. */
@Module({})
export class CommandsModule {
  static forRoot(context: CommandContext): DynamicModule {
    return {
      module: CommandsModule,
      providers: [
        { provide: CommandContext, useValue: context },
        ...features.flatMap(({ commands = [] }) => commands),
      ],
    };
  }
}
