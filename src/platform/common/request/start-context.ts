import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

/** Lets the OpenTelemetry context follow asynchronous calls; logs and traces both live in it. */
export function startContext(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}
