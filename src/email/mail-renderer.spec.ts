import { mailTemplates } from './mail.js';
import { MailRenderer } from './mail-renderer.js';

const renderer = new MailRenderer('https://app.example');
const mail = { to: 'ada@example.com', idempotencyKey: 'job-1' };

describe('MailRenderer', () => {
  it.each(mailTemplates.filter((template) => template !== 'account_exists'))(
    'renders %s with the name, the token and a link that holds it',
    (template) => {
      const { subject, text } = renderer.render({
        ...mail,
        template,
        variables: { name: 'Ada', token: 'a+b/c' },
      });
      expect(subject).not.toBe('');
      expect(text).toContain('Hello Ada,');
      expect(text).toMatch(/https:\/\/app\.example\/[\w-]+\?token=a%2Bb%2Fc\n/);
      expect(text).toContain('Token: a+b/c\n');
    },
  );

  it('leaves a token that opens nothing out', () => {
    const variables = { name: 'Ada', token: 'a+b/c' };
    const { text } = renderer.render({ ...mail, template: 'account_exists', variables });
    expect(text).toContain('Hello Ada,');
    expect(text).toContain('https://app.example/sign-in\n');
    expect(text).not.toContain('a+b');
    expect(text).not.toContain('token');
  });

  it('puts nothing of the user into the subject, which is a header', () => {
    const variables = { name: 'Ada\r\nBcc: all@example.com', token: 't' };
    for (const template of mailTemplates)
      expect(renderer.render({ ...mail, template, variables }).subject).not.toContain('Ada');
  });
});
