import type { IncomingHttpHeaders } from 'node:http';

import { Injectable } from '@nestjs/common';

import { anonymous, type Principal } from '../common/principal.js';
import { Unauthenticated } from '../common/problem.js';
import { ApiKeys } from './api-keys.js';

/** Finds out who a request comes from. */
@Injectable()
export class Authenticator {
  constructor(private readonly apiKeys: ApiKeys) {}

  /** @throws Unauthenticated for a wrong credential, even where none is needed. */
  authenticate(headers: IncomingHttpHeaders): Principal {
    const apiKey = headers['x-api-key'];
    if (headers.authorization !== undefined) throw new Unauthenticated();
    if (apiKey === undefined) return anonymous;
    if (typeof apiKey !== 'string' || !this.apiKeys.accepts(apiKey)) throw new Unauthenticated();
    return { kind: 'service' };
  }
}
