import type { DynamicModule, Type } from '@nestjs/common';
import { OpenTelemetryModule } from 'nestjs-otel';

/**
 * nestjs-otel's module without its middleware. That one serves wide events, which we do not use,
 * and the mere presence of middleware would put middie before every request.
 */
export function openTelemetryModule(): DynamicModule {
  const outer = OpenTelemetryModule.forRoot();
  return {
    ...outer,
    imports: (outer.imports ?? []).map((core) => withoutMiddleware(core as DynamicModule)),
  };
}

function withoutMiddleware(core: DynamicModule): DynamicModule {
  class OpenTelemetryCore extends (core.module as Type<object>) {
    configure(): void {}
  }
  return { ...core, module: OpenTelemetryCore };
}
