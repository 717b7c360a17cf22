import { type DynamicModule, Module, type Type } from '@nestjs/common';

import { CommandContext } from '../../platform/cli/command-context.js';
import { features } from '../features.js';

/** The commands. They open what they need of the application only when they run. */
@Module({})
export class CommandsModule {
  static forRoot(context: CommandContext, commands: readonly Type[]): DynamicModule {
    return {
      module: CommandsModule,
      providers: [{ provide: CommandContext, useValue: context }, ...commands],
    };
  }
}

/** The classes of all commands: what their files export. */
export async function commandClasses(): Promise<Type[]> {
  const files = await Promise.all(features.flatMap(({ commands }) => commands?.() ?? []));
  return files.flatMap((file) => Object.values(file) as Type[]);
}
