import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { AccessTokens } from './access-tokens.js';
import { jwkSet, type JwkSet } from './token.schemas.js';

@ApiTags('auth')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly tokens: AccessTokens) {}

  @Get('jwks.json')
  @Route({ access: 'public', priority: 'read', cache: 'public, max-age=300', exposure: 'public' })
  @ApiOperation({
    summary: 'Public keys that access tokens are signed with',
    operationId: 'getJwks',
  })
  @Returns({ status: 200, description: 'A JWK set (RFC 7517)', schema: jwkSet })
  keys(): JwkSet {
    return this.tokens.jwks as JwkSet;
  }
}
