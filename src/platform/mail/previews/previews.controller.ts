import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

import { Forbidden } from '../../problems/problem.js';
import { Returns } from '../../routes/returns.decorator.js';
import { Route } from '../../routes/route.decorator.js';
import { MailPreviews } from './mail-previews.js';
import {
  previewQuery,
  type PreviewQuery,
  previewResponse,
  type PreviewResponse,
  templateList,
  type TemplateList,
} from './previews.schemas.js';

@ApiTags('admin')
@Controller('admin/mails')
export class PreviewsController {
  constructor(private readonly previews: MailPreviews) {}

  @Get('templates')
  @Route({ access: 'admin:mails', priority: 'bulk' })
  @ApiOperation({
    summary: 'Templates of mails, and their languages',
    operationId: 'listMailTemplates',
  })
  @Returns({ status: 200, description: 'Their names', schema: templateList }, Forbidden)
  templates(): TemplateList {
    return this.previews.list();
  }

  @Get('preview')
  @Route({ access: 'admin:mails', priority: 'bulk' })
  @ApiOperation({ summary: 'A mail with sample values', operationId: 'previewMail' })
  @Returns({ status: 200, description: 'The mail', schema: previewResponse }, Forbidden)
  async preview(
    @Query({ schema: previewQuery }) { template, locale }: PreviewQuery,
  ): Promise<PreviewResponse> {
    return this.previews.render(template, locale);
  }
}
