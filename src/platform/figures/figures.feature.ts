import { defineFeature } from '../declarations/feature.js';
import { figuresData } from './figures.personal-data.js';

/** `bootstrap` creates its module: it counts the requests of its process. */
export const figures = defineFeature({
  name: 'figures',
  about: 'Counts by day of what happens, added up by all processes.',
  personalData: [figuresData],
});
