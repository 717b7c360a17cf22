import { defineFeature } from '../features/feature.js';
import { appArea, appConfig } from './app.config.js';
import { section } from './section.js';

export const config = defineFeature({ name: 'config', config: [section(appArea, appConfig)] });
