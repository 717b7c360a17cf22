import { defineFeature } from '../declarations/feature.js';
import { appArea, appConfig } from './app.config.js';
import { section } from '../config/section.js';

export const app = defineFeature({ name: 'app', config: [section(appArea, appConfig)] });
