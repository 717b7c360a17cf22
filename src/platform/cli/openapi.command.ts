import { Command } from 'nest-commander';

import { AdminCommand } from './admin-command.js';
import { writeOutput } from './output-target.js';

@Command({
  name: 'openapi',
  description: 'Write the OpenAPI 3.1 description of the API',
  arguments: '<file>',
  argsDescription: { file: 'file to write, - for standard output' },
})
export class OpenApiCommand extends AdminCommand {
  async run([file = '-']: string[]): Promise<void> {
    const description = await this.context.describeApi();
    await writeOutput(file, [`${JSON.stringify(description, null, 2)}\n`]);
  }
}
