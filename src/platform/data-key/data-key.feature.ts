import { defineFeature } from '../declarations/feature.js';
import { dataKeyConfig } from './data-key.config.js';

/** Its module is imported by the features that have secrets. */
export const dataKey = defineFeature({
  name: 'data-key',
  about: 'Encryption of stored secrets, and the commands that rotate its keys.',
  config: [dataKeyConfig],
  logFields: { row: 'Encrypted value: table, column and id of its row' },
  commands: () => [import('./data-key.command.js')],
});
