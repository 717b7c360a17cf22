import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { Route } from '../../../platform/routes/route.decorator.js';
import { Assets } from './assets.js';

@Controller('assets')
@ApiExcludeController()
export class AssetsController {
  constructor(private readonly assets: Assets) {}

  @Get(':file')
  @Route({
    access: 'public',
    priority: 'read',
    cache: 'public, max-age=31536000, immutable',
    exposure: 'public',
  })
  async read(
    @Param('file') file: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { type, content } = await this.assets.read(file);
    void reply.type(type);
    return content;
  }
}
