import { defineFeature } from '../declarations/feature.js';
import { brandingConfig } from './branding.config.js';

export const branding = defineFeature({
  name: 'branding',
  about: 'Name and default language of mails and pages; colour and logo of mails.',
  config: [brandingConfig],
});
