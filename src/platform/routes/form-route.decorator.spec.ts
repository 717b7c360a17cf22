import { Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

import { DependencyUnavailable, RateLimited, RequestInvalid } from '../problems/problem.js';
import { type FormAnswer, FormRoute } from './form-route.decorator.js';

const policy = { access: 'public', priority: 'write' } as const;
const done: string[] = [];

/** A form that is shown again with the code of what is wrong. */
function formOf(name: string, fault?: Error): FormAnswer<string> {
  return {
    work: async () => {
      if (fault) throw fault;
      done.push(name);
      return 'done';
    },
    again: ({ code }) => `again: ${code}`,
  };
}

@Controller('forms')
class FormsController {
  @Post('right')
  @FormRoute(policy)
  right(): FormAnswer<string> {
    return formOf('right');
  }

  @Post('refused')
  @FormRoute(policy)
  refused(): FormAnswer<string> {
    return formOf('refused', new RequestInvalid([]));
  }

  @Post('away')
  @FormRoute(policy)
  away(): FormAnswer<string> {
    return formOf('away', new DependencyUnavailable());
  }

  @Post('forgotten')
  // @ts-expect-error A handler that does its work by itself would do it beyond the limit.
  @FormRoute(policy)
  forgotten(): Promise<string> {
    return formOf('forgotten').work();
  }

  @Post('late')
  // @ts-expect-error The same, since it may wait for something before it returns the form.
  @FormRoute(policy)
  async late(): Promise<FormAnswer<string>> {
    return formOf('late');
  }
}

@Module({ controllers: [FormsController] })
class FormsModule {}

describe('routes of forms', () => {
  let app: NestFastifyApplication;
  let server: FastifyInstance;

  beforeAll(async () => {
    const adapter = new FastifyAdapter();
    app = await NestFactory.create<NestFastifyApplication>(FormsModule, adapter, { logger: false });
    server = app.getHttpAdapter().getInstance();
    server.addHook('onRequest', async (request) => {
      if (request.headers['x-limited'] !== undefined) request.limitReached = new RateLimited(1, {});
    });
    await app.init();
  });

  afterAll(() => app.close());

  beforeEach(() => done.splice(0));

  const post = async (name: string, headers = {}) => {
    const { statusCode, body } = await server.inject({
      method: 'POST',
      url: `/forms/${name}`,
      headers,
    });
    return [statusCode, body];
  };

  it('do the work, or show the form again with what is wrong', async () => {
    expect(await post('right')).toEqual([201, 'done']);
    expect(done).toEqual(['right']);
    expect(await post('refused')).toEqual([201, 'again: request.invalid']);
  });

  it('do nothing while a limit is reached, and tell of it in the form', async () => {
    expect(await post('right', { 'x-limited': '1' })).toEqual([201, 'again: rate.limited']);
    expect(done).toEqual([]);
  });

  it('leave problems of the service to the page for those', async () => {
    const [status] = await post('away');
    expect(status).toBe(500);
  });

  it('never answer for a handler that works by itself, so that it is noticed without any limit', async () => {
    const [status] = await post('forgotten');
    expect(status).toBe(500);
  });
});
