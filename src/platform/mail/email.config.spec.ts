import { parseArea } from '../config/env.js';
import { emailArea } from './email.config.js';

describe('configuration of mails', () => {
  it('accepts credentials in the URL of a mail service for SMTP only', () => {
    const rulesOf = (EMAIL_SERVICE_URL: string) => parseArea(emailArea, { EMAIL_SERVICE_URL });
    expect(rulesOf('smtps://me:secret@mail.example')).toHaveProperty('values');
    expect(rulesOf('https://mail.example/a@b')).toHaveProperty('values');
    expect(rulesOf('https://me:secret@mail.example')).toEqual({
      faults: [
        {
          name: 'EMAIL_SERVICE_URL',
          rule: 'must not hold a user or password (see EMAIL_SERVICE_TOKEN)',
        },
      ],
    });
  });
});
