import { Controller, Get, Header, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

import { Route } from './route.decorator.js';
import { addCacheControl, requirePolicies } from '../http/server/route-policy.hooks.js';
import { openRoute } from '../declarations/route-policy.js';

@Controller('notes')
class DeclaredController {
  @Get('mine')
  @Route({ access: 'account:own', priority: 'read' })
  mine(): string {
    return 'mine';
  }

  @Get('leaking')
  @Header('cache-control', 'public, max-age=60')
  @Route({ access: 'account:own', priority: 'read' })
  leaking(): string {
    return 'mine';
  }

  @Get('shared')
  @Route({ access: 'public', priority: 'read', cache: 'public, max-age=60' })
  shared(): string {
    return 'shared';
  }
}

@Controller('notes')
class ForgetfulController {
  @Get(':id')
  read(): string {
    return 'anything';
  }
}

@Controller('notes')
class CachedController {
  @Get('mine')
  @Route({ access: 'account:own', priority: 'read', cache: 'public, max-age=60' })
  mine(): string {
    return 'mine';
  }
}

describe('policies of routes', () => {
  let app: NestFastifyApplication;
  afterEach(() => app.close());

  async function start(controller: Type, prepare?: (server: FastifyInstance) => void) {
    @Module({ controllers: [controller] })
    class NotesModule {}
    app = await NestFactory.create<NestFastifyApplication>(NotesModule, new FastifyAdapter(), {
      logger: false,
      abortOnError: false,
    });
    const server: FastifyInstance = app.getHttpAdapter().getInstance();
    requirePolicies(server);
    addCacheControl(server);
    prepare?.(server);
    await app.init();
    return server;
  }

  it('fail the start when a handler declares none, and name its route', async () => {
    await expect(start(ForgetfulController)).rejects.toThrow(
      'GET /notes/:id declares no policy: its handler needs @Route',
    );
  });

  it('fail the start when a route outside Nest declares none', async () => {
    const raw = start(DeclaredController, (server) => void server.get('/raw', () => 'raw'));
    await expect(raw).rejects.toThrow('GET /raw declares no policy');
  });

  it('fail the start when caches may store what only some callers may see', async () => {
    await expect(start(CachedController)).rejects.toThrow(
      'GET /notes/mine declares a cache: only a route whose access is public may',
    );
  });

  it('allow the start when each route declares one', async () => {
    const server = await start(DeclaredController, (instance) => {
      instance.get('/raw', openRoute({ priority: 'read' }), () => 'raw');
    });
    expect((await server.inject('/raw')).body).toBe('raw');
  });

  it('keep answers out of caches by default', async () => {
    const server = await start(DeclaredController);
    const caching = async (url: string) => (await server.inject(url)).headers['cache-control'];
    expect(await caching('/notes/mine')).toBe('no-store');
    expect(await caching('/notes/leaking')).toBe('no-store');
    expect(await caching('/notes/shared')).toBe('public, max-age=60');
    expect(await caching('/nowhere')).toBe('no-store');
  });
});
