import type { MailRenderer } from '../../src/platform/mail/messages/mail-renderer.js';
import { createRenderer } from '../../src/platform/mail/transports/create-transport.js';

export const BRANDING = {
  name: 'Example & Co',
  color: '#1f5fbf',
  textColor: '#ffffff',
  logo: undefined,
  defaultLocale: 'fr-CA',
};

/** Renders mails of a fictional service. @param templatesFolder of own templates. */
export function testRenderer(
  branding: Partial<Parameters<typeof createRenderer>[1]> = {},
  templatesFolder?: string,
): MailRenderer {
  return createRenderer(
    { base: 'https://app.example' },
    { ...BRANDING, ...branding },
    { templatesFolder },
  );
}
