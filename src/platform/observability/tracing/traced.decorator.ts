import type { Attributes } from '@opentelemetry/api';

import { safeMessage } from '../logging/exception.js';
import { inSpan } from './spans.js';

type AsyncMethod = (...args: never[]) => Promise<unknown>;

/**
 * Runs an asynchronous method in a span with `function.name`, `function.module` and
 * `function.result`; when it throws, with `error.type` and `error.message` as well.
 * @param name of the span; `Class.method` unless given.
 */
export function Traced(name?: string, attributes: Attributes = {}) {
  return <Method extends AsyncMethod>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const method = descriptor.value;
    if (method === undefined) throw new TypeError('@Traced() belongs on a method');
    const module = target.constructor.name;
    const fixed = { ...attributes, 'function.name': key, 'function.module': module };
    descriptor.value = function traced(this: unknown, ...args: never[]) {
      return inSpan(
        name ?? `${module}.${key}`,
        async (span) => {
          try {
            const result = await method.apply(this, args);
            span.setAttribute('function.result', 'success');
            return result;
          } catch (error) {
            span.setAttributes({ 'function.result': 'error', 'error.message': safeMessage(error) });
            throw error;
          }
        },
        { attributes: fixed },
      );
    } as unknown as Method;
  };
}
