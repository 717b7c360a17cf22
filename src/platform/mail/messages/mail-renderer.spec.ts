import { mailTemplates, noticeTemplates, tokenTemplates } from './mail.js';
import { MailRenderer } from './mail-renderer.js';

const renderer = new MailRenderer({ base: 'https://app.example' });
const mail = { to: 'ada@example.com', idempotencyKey: 'job-1' };

describe('MailRenderer', () => {
  const withToken = tokenTemplates.filter((template) => template !== 'account_exists');

  it.each([...withToken, 'invitation' as const])(
    'renders %s with the name, the token and a link that holds it',
    (template) => {
      const { subject, text } = renderer.render({
        ...mail,
        template,
        variables: { name: 'Ada', token: 'a+b/c', locale: 'en' },
      });
      expect(subject).not.toBe('');
      expect(text).toContain('Hello Ada,');
      expect(text).toMatch(/https:\/\/app\.example\/[\w-]+\?token=a%2Bb%2Fc\n/);
      expect(text).toContain('Token: a+b/c\n');
    },
  );

  it('mails the owner of a taken address without a token', () => {
    const variables = { name: 'Ada', token: 'a+b/c', locale: 'en' };
    const { text } = renderer.render({ ...mail, template: 'account_exists', variables });
    expect(text).toContain('https://app.example/sign-in\n');
    expect(text).not.toContain('a+b');
  });

  it.each(noticeTemplates)('renders %s with the name and no link', (template) => {
    const { subject, text } = renderer.render({
      ...mail,
      template,
      variables: { name: 'Ada', locale: 'en' },
    });
    expect(subject).not.toBe('');
    expect(text).toContain('Hello Ada,');
    expect(text).not.toContain('http');
  });

  it.each(mailTemplates)('greets without a name in %s when none is given', (template) => {
    const { text } = renderer.render({
      ...mail,
      template,
      variables: { token: 't', locale: 'en' },
    });
    expect(text).toMatch(/^Hello,\n/);
    expect(text).not.toContain('undefined');
  });

  it('puts no user input into the subject header', () => {
    const variables = { name: 'Ada\r\nBcc: all@example.com', token: 't', locale: 'en' };
    for (const template of mailTemplates)
      expect(renderer.render({ ...mail, template, variables }).subject).not.toContain('Ada');
  });
});
