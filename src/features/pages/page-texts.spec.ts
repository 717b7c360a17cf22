import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Language, languages } from '../../platform/common/locale.js';
import { FormSessionEnded } from '../../platform/http/browser/csrf.js';
import { RateLimited, RequestInvalid } from '../../platform/problems/problem.js';
import { InvalidCredentials, InvalidToken } from '../credentials/credential.errors.js';
import { ProviderFault } from '../identities/providers/oidc-provider.js';
import { accountView } from './account/account.view.js';
import { frame } from './layout/frame.js';
import { problemView } from './layout/problem.view.js';
import type { Content, View, ViewContext } from './page/page-answer.js';
import { leaveView, providerProblemView } from './providers/provider.view.js';
import { forgotView } from './recovery/forgot.view.js';
import { linkOverView, notMeView, passwordView, verifyView } from './recovery/link.view.js';
import { recoveryCodesView, totpView } from './security/factor.view.js';
import { securityForms, type SecurityModel } from './security/security.model.js';
import { securityView } from './security/security.view.js';
import { factorView, signInView } from './sign-in/sign-in.view.js';
import { invitationView, signUpView } from './sign-up/sign-up.view.js';
import { messages } from './messages/messages.js';

const FEATURE = import.meta.dirname;
/** Stands for what a text is about, and for a number of things. */
const SOMETHING = '\u0000';
const COUNT = 7;
const at = '2026-11-27T04:30:00.000Z';
const invalid = (...names: string[]) =>
  new RequestInvalid(names.map((name) => ({ pointer: `/${name}`, detail: 'is missing' })));
const wrong = new InvalidCredentials();
const refusedByProvider = new InvalidToken({ cause: new ProviderFault('access_denied') });
const form = { name: 'Ada Lovelace', email: 'ada@example.com', token: 'x' };
const providers = [{ id: 'example', label: 'Example ID' }];
/** Columns that sessions, factors and users have in common. */
const row = { id: 'x', created_at: at, last_used_at: at };
const user = {
  ...row,
  email: form.email,
  name: form.name,
  status: 'active',
  role: 'user',
  tier: 'free',
  source: 'web',
  email_verified: true,
  locale: 'en',
  updated_at: at,
} as const;
const kinds = ['totp', 'passkey', 'recovery_codes'] as const;
const factors = kinds.map((type) => ({
  ...row,
  type,
  name: null,
  ...(type === 'recovery_codes' && { remaining: COUNT }),
}));
const security: SecurityModel = {
  userId: 'x',
  hasPassword: true,
  needsProof: false,
  sessions: [
    { ...row, current: true, user_agent: 'X11; Linux Firefox/1', ip: '192.0.2.1', acr: 'aal1' },
    { ...row, current: false, user_agent: null, ip: '192.0.2.1', acr: 'aal1' },
  ],
  factors: [],
  roomForFactors: true,
  identities: [{ ...row, provider: 'example', issuer: 'x', email: form.email }],
  providers,
  pendingLink: undefined,
  notice: 'saved',
};

const ASSETS = { styles: ['x'], forms: 'x', passkeys: 'x', icon: 'x', logo: undefined };

type Render = (context: ViewContext) => Content;

/** Pages of a view, with all that it may show. */
function pages<Model>(view: View<Model>, ...models: readonly Model[]): Render[] {
  return models.map((model) => (context) => view(model, context));
}

/** Every view, by its name. */
const views: Readonly<Record<string, readonly Render[]>> = {
  accountView: pages(
    accountView,
    { user, form: { notice: 'saved' }, problem: undefined },
    { user: { ...user, email_verified: false }, form, problem: invalid('name') },
  ),
  factorView: pages(
    factorView,
    { next: undefined, factors: kinds },
    ...['code', 'recovery_code', 'passkey'].map((field) => ({
      next: undefined,
      factors: kinds,
      failed: { form: { [field]: 'x' }, problem: wrong },
    })),
  ),
  forgotView: pages(
    forgotView,
    { form, problem: invalid('email') },
    { form: { notice: 'sent' }, problem: undefined },
  ),
  invitationView: pages(invitationView, { form, problem: invalid('name', 'password') }),
  leaveView: pages(leaveView, { url: 'https://id.example.com' }),
  linkOverView: pages(linkOverView, {}),
  notMeView: pages(
    notMeView,
    { token: 'x', done: false, problem: undefined },
    { token: 'x', done: false, problem: new RateLimited(40, {}) },
    { token: undefined, done: true, problem: undefined },
  ),
  passwordView: pages(
    passwordView,
    { token: 'x', first: undefined, problem: invalid('password') },
    { token: 'x', first: 'true', problem: undefined },
  ),
  problemView: pages(
    problemView,
    new FormSessionEnded(),
    new RateLimited(7200, {}),
    ...['auth.csrf', 'auth.forbidden', 'x'].map((code) => ({ code, status: 400 })),
    ...[404, 503].map((status) => ({ code: 'x', status })),
  ),
  providerProblemView: pages(
    providerProblemView,
    { problem: wrong, label: 'Example ID', next: undefined },
    { problem: refusedByProvider, label: 'Example ID', next: '/account/security' },
  ),
  recoveryCodesView: pages(recoveryCodesView, { codes: ['1234-5678'] }),
  securityView: pages(
    securityView,
    security,
    { ...security, hasPassword: false, factors },
    { ...security, factors, roomForFactors: false, pendingLink: 'example' },
    ...securityForms.flatMap((name) =>
      [wrong, invalid('current_password', 'password', 'name')].map((problem) => ({
        ...security,
        needsProof: name === 'confirm',
        factors,
        failed: { name, form: { provider: 'example', factor_id: 'x' }, problem },
      })),
    ),
  ),
  signInView: pages(
    signInView,
    { providers, notice: 'signed-out', problem: wrong },
    { providers, passkeyFailed: true },
  ),
  signUpView: pages(
    signUpView,
    { form, problem: invalid('email', 'name', 'password'), open: true },
    { form, problem: undefined, open: false },
  ),
  totpView: pages(
    totpView,
    { id: 'x', secret: '234567', qr: '<svg></svg>' },
    { id: 'x', secret: '234567', problem: wrong },
  ),
  verifyView: pages(
    verifyView,
    { token: 'x', problem: undefined },
    { token: 'x', problem: new RateLimited(180, {}) },
  ),
};

/** What is the same in all languages: names, addresses, and each language in its own words. */
const DATA =
  /Ada Lovelace|ada@example\.com|Example ID|Example Brand|Firefox, Linux|English|Deutsch|Français|Español/g;

/** The texts of a language, as patterns: those about something first, which may be a text as well. */
function patternsOf(language: Language): RegExp[] {
  const pattern = (text: string) =>
    text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`).replaceAll(SOMETHING, '.+');
  const rank = (text: string) => (text.includes(SOMETHING) ? 1000 : 0) + text.length;
  return textsOf(messages[language])
    .map(({ text }) => text)
    .toSorted((one, other) => rank(other) - rank(one))
    .map((text) => new RegExp(String.raw`(?<!\p{L})${pattern(text)}(?!\p{L})`, 'gu'));
}

/** All texts below an object, with their names. */
function textsOf(value: unknown, name = ''): { name: string; text: string }[] {
  if (typeof value === 'string') return [{ name, text: value }];
  if (typeof value === 'function')
    return [SOMETHING, COUNT].map((about) => ({
      name,
      text: (value as (about: string | number) => string)(about),
    }));
  return Object.entries(value as object).flatMap(([key, each]) => textsOf(each, `${name}.${key}`));
}

/** What people read or hear of a page. */
function wordsOf(markup: string): string[] {
  const attributes = [...markup.matchAll(/ (?:aria-label|alt|title|placeholder)="([^"]*)"/g)];
  return [
    ...attributes.map(([, text = '']) => text),
    ...markup.replaceAll(/<svg.*?<\/svg>/gs, '').split(/<[^>]*>/),
  ].map((text) =>
    text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim(),
  );
}

const contextIn = (language: Language): ViewContext => ({
  t: messages[language],
  language,
  brand: 'Example Brand',
  csrfToken: 'x',
  signedIn: true,
  path: '/account',
  consolePath: '/console',
});

describe('the texts of the pages', () => {
  it('are tested for every view', async () => {
    const found: string[] = [];
    for await (const file of glob('**/*.view.ts', { cwd: FEATURE })) {
      const source = await readFile(join(FEATURE, file), 'utf8');
      found.push(
        ...[...source.matchAll(/^export const (\w+View)\b/gm)].map(([, name = '']) => name),
      );
    }
    expect(found.toSorted()).toEqual(Object.keys(views));
  });

  it.each(languages)('are all from the catalog of the language: %s', (language) => {
    const whole = new Set(textsOf(messages[language]).map(({ text }) => text));
    const patterns = patternsOf(language);
    const foreign = (text: string) =>
      patterns.reduce((rest, each) => rest.replaceAll(each, ''), text.replaceAll(DATA, '*'));
    const context = contextIn(language);
    const left = Object.entries(views).flatMap(([name, renders]) =>
      renders
        .flatMap((render) => wordsOf(frame(render(context), context, ASSETS).text))
        .filter((text) => !whole.has(text) && /\p{L}/u.test(foreign(text)))
        .map((text) => `${name}: ${text}`),
    );
    expect(left).toEqual([]);
  });

  it('are the same in two languages only where the word is', () => {
    const same = languages.flatMap((one, index) =>
      languages.slice(index + 1).flatMap((other) => {
        const texts = new Map(textsOf(messages[other]).map(({ name, text }) => [name, text]));
        return textsOf(messages[one])
          .filter(({ name, text }) => texts.get(name) === text)
          .map(({ text }) => text);
      }),
    );
    expect([...new Set(same)].toSorted()).toEqual(['Passkey', 'Profil']);
  });
});
