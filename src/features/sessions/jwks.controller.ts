import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Access } from '../../platform/http/access/access.js';
import { Returns } from '../../platform/http/routes/returns.decorator.js';
import { AccessTokens } from './access-tokens.js';
import { jwkSet, type JwkSet } from './session.schemas.js';

@ApiTags('auth')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly tokens: AccessTokens) {}

  @Get('jwks.json')
  @Access('public')
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({
    summary: 'Public keys that access tokens are signed with',
    operationId: 'getJwks',
  })
  @Returns({ status: 200, description: 'A JWK set (RFC 7517)', schema: jwkSet })
  keys(): JwkSet {
    return this.tokens.jwks as JwkSet;
  }
}
