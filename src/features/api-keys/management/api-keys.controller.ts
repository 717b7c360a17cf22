import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Patch,
  Post,
  Query,
  type Type,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { uuid } from '../../../platform/common/primitives.js';
import type { Principal } from '../../../platform/common/request/principal.js';
import type { RoutePolicy } from '../../../platform/declarations/route-policy.js';
import { AnyCaller } from '../../../platform/http/access/caller.decorator.js';
import { Forbidden } from '../../../platform/problems/problem.js';
import { Returns } from '../../../platform/routes/returns.decorator.js';
import { Route } from '../../../platform/routes/route.decorator.js';
import { ApiKeyNotFound } from './api-key.errors.js';
import { toApiKeyPage, toApiKeyResponse, toIssuedApiKey } from './api-key.mapper.js';
import {
  type ApiKeyPage,
  apiKeyPage,
  apiKeyRequests,
  type ApiKeyResponse,
  apiKeyResponse,
  type CreateApiKeyRequest,
  type IssuedApiKey,
  issuedApiKey,
  listApiKeysQuery,
  type ListApiKeysQuery,
  rotateApiKeyRequest,
  type RotateApiKeyRequest,
  type UpdateApiKeyRequest,
} from './api-keys.schemas.js';
import { ApiKeys } from './api-keys.service.js';

/** A superuser with a second factor proves it again before a change. */
const CHANGE: RoutePolicy = { access: 'admin:api-keys', priority: 'write', stepUp: () => true };

/** The controller of API keys. The API description lists the scopes. */
export function apiKeysController(scopes: readonly string[]): Type<unknown> {
  const requests = apiKeyRequests(scopes);

  @ApiTags('admin')
  @Controller('admin/api-keys')
  class ApiKeysController {
    constructor(private readonly keys: ApiKeys) {}

    @Get()
    @Route({ access: 'admin:api-keys', priority: 'bulk' })
    @ApiOperation({ summary: 'List API keys, newest first', operationId: 'listApiKeys' })
    @Returns({ status: 200, description: 'A page of keys', schema: apiKeyPage }, Forbidden)
    async list(
      @Query({ schema: listApiKeysQuery }) { limit, cursor }: ListApiKeysQuery,
      @AnyCaller() caller: Principal,
    ): Promise<ApiKeyPage> {
      return toApiKeyPage(await this.keys.page(caller, cursor?.[0], limit + 1), limit);
    }

    @Post()
    @Route(CHANGE)
    @ApiOperation({ summary: 'Create an API key', operationId: 'createApiKey' })
    @Returns(
      { status: 201, description: 'The key, with its secret text', schema: issuedApiKey },
      Forbidden,
    )
    async create(
      @Body({ schema: requests.create }) body: CreateApiKeyRequest,
      @AnyCaller() caller: Principal,
    ): Promise<IssuedApiKey> {
      return toIssuedApiKey(await this.keys.create(body, caller));
    }

    @Patch(':keyId')
    @Route(CHANGE)
    @ApiOperation({ summary: 'Change an API key', operationId: 'updateApiKey' })
    @Returns(
      { status: 200, description: 'The changed key', schema: apiKeyResponse },
      Forbidden,
      ApiKeyNotFound,
    )
    async update(
      @Param('keyId', { schema: uuid }) id: string,
      @Body({ schema: requests.update }) body: UpdateApiKeyRequest,
      @AnyCaller() caller: Principal,
    ): Promise<ApiKeyResponse> {
      return toApiKeyResponse(await this.keys.update(id, body, caller));
    }

    @Delete(':keyId')
    @Route(CHANGE)
    @ApiOperation({ summary: 'Revoke an API key', operationId: 'revokeApiKey' })
    @Returns({ status: 204, description: 'Revoked' }, Forbidden, ApiKeyNotFound)
    async revoke(
      @Param('keyId', { schema: uuid }) id: string,
      @AnyCaller() caller: Principal,
    ): Promise<void> {
      await this.keys.revoke(id, caller);
    }

    @Post(':keyId/rotate')
    @Route(CHANGE)
    @ApiOperation({ summary: 'Replace the secret of an API key', operationId: 'rotateApiKey' })
    @Returns(
      { status: 200, description: 'The key, with its new secret text', schema: issuedApiKey },
      Forbidden,
      ApiKeyNotFound,
    )
    async rotate(
      @Param('keyId', { schema: uuid }) id: string,
      @Body({ schema: rotateApiKeyRequest }) { grace_seconds: grace }: RotateApiKeyRequest,
      @AnyCaller() caller: Principal,
    ): Promise<IssuedApiKey> {
      return toIssuedApiKey(await this.keys.rotate(id, grace, caller));
    }
  }
  return ApiKeysController;
}
