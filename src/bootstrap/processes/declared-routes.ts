import 'reflect-metadata';

import { type DynamicModule, RequestMethod, type Type } from '@nestjs/common';

import type { RoutePolicy } from '../../platform/declarations/route-policy.js';

export interface DeclaredRoute {
  /** Method and template, such as `GET /users/:id`. */
  readonly route: string;
  readonly path: string;
  /** Absent where `@Route` was forgotten; the start refuses such a route. */
  readonly policy: RoutePolicy | undefined;
}

type Imported = Type | DynamicModule;

/** The routes of the controllers of a module and of all that it imports, without starting it. */
export function declaredRoutes(module: Imported, seen = new Set<Imported>()): DeclaredRoute[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const own = controllersOf(module).flatMap(routesOf);
  return [...own, ...importsOf(module).flatMap((imported) => declaredRoutes(imported, seen))];
}

function importsOf(module: Imported): Imported[] {
  return listed<Imported>(module, 'imports');
}

function controllersOf(module: Imported): Type[] {
  return listed<Type>(module, 'controllers');
}

/** The metadata of a module decorator, merged with its dynamic part. */
function listed<Item>(module: Imported, key: 'imports' | 'controllers'): Item[] {
  const [type, dynamic] = 'module' in module ? [module.module, module[key]] : [module, []];
  const fixed = (Reflect.getMetadata(key, type) ?? []) as Item[];
  return [...fixed, ...((dynamic ?? []) as Item[])];
}

function routesOf(controller: Type): DeclaredRoute[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const prefix = Reflect.getMetadata('path', controller) as string;
  return Object.getOwnPropertyNames(prototype).flatMap((key) => {
    const handler = prototype[key];
    if (typeof handler !== 'function') return [];
    const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const own = Reflect.getMetadata('path', handler) as string;
    const path = `/${[prefix, own].flatMap((part) => part.split('/').filter(Boolean)).join('/')}`;
    const config = Reflect.getMetadata('__fastify_route_config__', handler) as
      { policy?: RoutePolicy } | undefined;
    return [{ route: `${RequestMethod[method]} ${path}`, path, policy: config?.policy }];
  });
}
