import { defineFeature } from '../declarations/feature.js';
import { brandingConfig } from './branding.config.js';

export const branding = defineFeature({
  name: 'branding',
  about: 'Name, colour, logo and default language of mails and pages.',
  config: [brandingConfig],
});
