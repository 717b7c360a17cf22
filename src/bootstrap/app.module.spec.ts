import '../../test/support/nest-order.js';

import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { ModulesContainer, NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { pino } from 'pino';

import { AppModule } from './app.module.js';
import { LogLevel } from '../platform/observability/logging/log-level.js';
import { AccessMetadata } from '../platform/http/access/access.js';

interface Route {
  readonly name: string;
  readonly declared: boolean;
}

/** Every handler of every controller, and whether it says who may call it. */
function routesOf(app: INestApplicationContext): Route[] {
  const reflector = new Reflector();
  return [...app.get(ModulesContainer).values()].flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype }) => {
      const controller = metatype as new () => unknown;
      const prototype = controller.prototype as Record<string, unknown>;
      return Object.getOwnPropertyNames(prototype).flatMap((key) => {
        const handler = prototype[key];
        if (typeof handler !== 'function') return [];
        const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
        if (method === undefined) return [];
        const rule: unknown = reflector.getAllAndOverride(AccessMetadata, [
          handler as () => unknown,
          controller,
        ]);
        const name = `${RequestMethod[method]} ${controller.name}.${key}`;
        return [{ name, declared: typeof rule === 'function' }];
      });
    }),
  );
}

describe('the routes of the API', () => {
  it('all declare who may call them', async () => {
    const foundation = {
      logger: pino({ enabled: false }),
      level: new LogLevel('info'),
      address: { url: '', directUrl: '' },
    };
    const app = await NestFactory.create(
      AppModule.forApi(foundation, false, true),
      new FastifyAdapter(),
      { logger: false, preview: true, abortOnError: false },
    );
    const routes = routesOf(app);
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter(({ declared }) => !declared)).toEqual([]);
  });
});
