import { defineFeature } from '../declarations/feature.js';

export const cli = defineFeature({
  name: 'cli',
  about: 'What all commands share; `config`, `migrate` and `openapi`.',
  commands: () => [
    import('./migrate.command.js'),
    import('./config.command.js'),
    import('./openapi.command.js'),
  ],
});
