import { Controller, Delete, Get, Module, Patch } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';

import { signedInUser } from '../../../test/support/principals.js';
import type { SignedInUser } from '../common/request/principal.js';
import { ACCESS_TABLE } from '../declarations/access.js';
import { Route } from './route.decorator.js';
import { ProblemFilter } from '../http/server/problem.filter.js';
import { accessConfig } from '../http/access/access.config.js';
import { AccessGuard } from '../http/access/access.guard.js';
import { SecondFactors } from '../http/access/second-factors.js';
import { StepUp } from '../http/access/step-up.js';

const MAX_AGE = 900;
const CHALLENGE = `Bearer error="insufficient_user_authentication", acr_values="aal2", max_age="${MAX_AGE}"`;
const { userId } = signedInUser();
const now = () => Math.floor(Date.now() / 1000);

@Controller('users/:id')
class UsersController {
  @Get()
  @Route({ access: 'users:read', priority: 'read' })
  read() {}

  @Patch()
  @Route({
    access: 'users:read',
    priority: 'write',
    stepUp: ({ body, own }) => own && 'email' in (body as object),
  })
  change() {}

  @Delete()
  @Route({ access: 'users:set-role', priority: 'write', stepUp: () => true })
  removeRole() {}
}

describe('step-up', () => {
  let app: NestFastifyApplication;
  let caller: SignedInUser;
  let factors: string[];
  let lookUps: number;

  const secondFactors: SecondFactors = {
    of: () => {
      lookUps += 1;
      return Promise.resolve(factors);
    },
  };

  beforeAll(async () => {
    const table = { 'users:read': ['self', 'superuser'], 'users:set-role': ['superuser'] };
    @Module({
      controllers: [UsersController],
      providers: [
        StepUp,
        { provide: SecondFactors, useValue: secondFactors },
        { provide: ACCESS_TABLE, useValue: table },
        { provide: accessConfig.KEY, useValue: { stepUpMaxAge: MAX_AGE, registrationOpen: true } },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
    })
    class UsersModule {}
    app = await NestFactory.create<NestFastifyApplication>(UsersModule, new FastifyAdapter(), {
      logger: false,
    });
    app.useGlobalFilters(new ProblemFilter(pino({ enabled: false })));
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', (request, _reply, done) => {
        Object.assign(request, { current: { requestId: 'r', principal: caller } });
        done();
      });
    await app.init();
  });

  afterAll(() => app?.close());

  beforeEach(() => {
    caller = signedInUser();
    factors = ['totp'];
    lookUps = 0;
  });

  const send = async (method: 'GET' | 'PATCH' | 'DELETE', id = userId, body?: object) => {
    const answer = await app.inject({
      method,
      url: `/users/${id}`,
      ...(body && { payload: body }),
    });
    return [answer.statusCode, answer.headers['www-authenticate']];
  };
  const change = () => send('PATCH', userId, { email: 'new@example.com' });

  it('is asked for where the account has a factor', async () => {
    expect(await change()).toEqual([401, CHALLENGE]);
    factors = [];
    expect(await change()).toEqual([200, undefined]);
  });

  it('is done by a second factor of the last 900 seconds, without a look-up', async () => {
    caller = signedInUser({ acr: 'aal2', authTime: now() - MAX_AGE + 5 });
    expect(await change()).toEqual([200, undefined]);
    expect(lookUps).toBe(0);
    caller = signedInUser({ acr: 'aal2', authTime: now() - MAX_AGE - 1 });
    expect(await change()).toEqual([401, CHALLENGE]);
  });

  it('is not done by a password, however new', async () => {
    caller = signedInUser({ acr: 'aal1', authTime: now() });
    expect(await change()).toEqual([401, CHALLENGE]);
  });

  it('is asked for by the rule of the route only, and costs other requests no look-up', async () => {
    expect(await send('PATCH', userId, { name: 'Ada' })).toEqual([200, undefined]);
    expect(await send('GET')).toEqual([200, undefined]);
    caller = signedInUser({ userId: '019aad6c-0f7e-7cc0-9a55-000000000001', role: 'superuser' });
    expect(await change()).toEqual([200, undefined]);
    expect(lookUps).toBe(0);
  });

  it('is asked for after access, so that it discloses no factor to those who may not', async () => {
    expect(await send('DELETE')).toEqual([403, undefined]);
    expect(lookUps).toBe(0);
    caller = signedInUser({ role: 'superuser' });
    expect(await send('DELETE')).toEqual([401, CHALLENGE]);
  });

  it('gives a superuser back what is withheld: everything but the rights of self', async () => {
    const other = '019aad6c-0f7e-7cc0-9a55-000000000001';
    caller = signedInUser({ role: 'user', withheldRole: 'superuser' });
    expect(await send('GET')).toEqual([200, undefined]);
    expect(await send('GET', other)).toEqual([401, CHALLENGE]);
    expect(await send('DELETE', other)).toEqual([401, CHALLENGE]);
    caller = signedInUser({ role: 'superuser', acr: 'aal2', authTime: now() - 100_000 });
    expect(await send('GET', other)).toEqual([200, undefined]);
    // What only nobody may do is forbidden, with or without a factor.
    caller = signedInUser({ role: 'user' });
    expect(await send('GET', other)).toEqual([403, undefined]);
  });
});
