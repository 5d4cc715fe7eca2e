import { isUuid } from '@handoff/contracts';
import { Public } from '@handoff/platform';
import { Controller, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { channelNotFound } from '../manage-channels/manage-channels.handler.js';
import { SlackButtonHandler } from './slack-button.handler.js';

/** Its body stays the bytes that came: they are signed. */
export const isInteraction = (path: string): boolean => /^\/v1\/channels\/[^/]+\/interactions$/.test(path);

@ApiTags('channels')
@Public()
@Controller('v1/channels')
export class SlackButtonController {
  constructor(private readonly handler: SlackButtonHandler) {}

  @Post(':id/interactions')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes a press of the button of a message in Slack', description: 'Slack calls it, and signs with the signing secret of the app.' })
  @ApiConsumes('application/x-www-form-urlencoded')
  async take(@Param('id') id: string, @Req() request: FastifyRequest, @Headers('x-slack-request-timestamp') timestamp?: string, @Headers('x-slack-signature') signature?: string): Promise<void> {
    if (!isUuid(id)) throw channelNotFound(id);
    await this.handler.handle(id, { rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), timestamp, signature });
  }
}
