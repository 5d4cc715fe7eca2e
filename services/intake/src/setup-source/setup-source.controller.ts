import { CLOCK, type Clock } from '@handoff/platform';
import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { adapterOf } from '../adapters/adapters.js';
import { problemResponse } from '../http/documents.js';
import { PUBLIC_URL, webhookUrlOf } from '../http/public-url.js';
import { ManageSourcesHandler } from '../manage-sources/manage-sources.handler.js';
import { setupAsMarkdown, type SetupDocument, setupOf } from './setup.decision.js';

const EXAMPLE: SetupDocument = {
  source: 'desk', title: 'Standard Webhooks', webhookUrl: 'https://intake.example/v1/sources/desk/webhooks', showsSecret: true,
  steps: [{ text: 'URL:', snippet: { language: 'text', content: 'https://intake.example/v1/sources/desk/webhooks' } }],
};

@ApiTags('sources')
@ApiBearerAuth('bearer')
@problemResponse(401, 'token-required')
@Controller('v1/sources')
export class SetupSourceController {
  constructor(private readonly sources: ManageSourcesHandler, @Inject(PUBLIC_URL) private readonly publicUrl: string, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get(':source/setup')
  @ApiOperation({ summary: 'How a person connects the system of a source, in steps', description: 'With the address and, for an hour after it was made, the secret. As Markdown where the request accepts text/markdown or text/plain.' })
  @ApiProduces('application/json', 'text/markdown', 'text/plain')
  @ApiResponse({ status: 200, schema: { example: EXAMPLE } })
  @problemResponse(404, 'source-unknown')
  async read(@Param('source') name: string, @Headers('accept') accept: string | undefined, @Res({ passthrough: true }) reply: FastifyReply): Promise<SetupDocument | string> {
    const found = await this.sources.find(name);
    const document = setupOf(found, adapterOf(found.source.adapter), { webhookUrl: webhookUrlOf(this.publicUrl, name), now: this.clock.now() });
    // A secret may be in it.
    void reply.header('cache-control', 'no-store');
    const text = /\btext\/(?:markdown|plain)\b/i.exec(accept ?? '')?.[0];
    if (text === undefined) return document;
    void reply.header('content-type', `${text.toLowerCase()}; charset=utf-8`);
    return setupAsMarkdown(document);
  }
}
