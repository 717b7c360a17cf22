import { defineFeature } from '../declarations/feature.js';
import { appConfig } from './app.config.js';

export const app = defineFeature({ name: 'app', config: [appConfig] });
