import { isUuid } from '@handoff/contracts';
import { Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { channelNotFound } from '../manage-channels/manage-channels.handler.js';
import { TestChannelHandler } from './test-channel.handler.js';

const ACTOR_CHARS_MAX = 256;

export class ChannelTestView {
  @ApiProperty({ format: 'uuid', description: 'What comes of it: GET /v1/notifications/{id}.' }) notificationId!: string;
}

@ApiTags('channels')
@Controller('v1/channels')
export class TestChannelController {
  constructor(private readonly handler: TestChannelHandler) {}

  @Post(':id/test')
  @HttpCode(202)
  @ApiOperation({ summary: 'Sends a test message by a channel', description: 'It says that it is a test, and is about no ticket. It is sent and recorded as all messages are.' })
  @ApiHeader({ name: 'X-Handoff-Actor', required: false, description: 'Who tries it; the message says so.' })
  @ApiResponse({ status: 202, type: ChannelTestView })
  async test(@Param('id') id: string, @Headers('x-handoff-actor') actor: string | undefined): Promise<ChannelTestView> {
    if (!isUuid(id)) throw channelNotFound(id);
    const by = actor?.replaceAll('\u0000', '').trim().slice(0, ACTOR_CHARS_MAX) ?? '';
    return { notificationId: await this.handler.handle(id, by === '' ? null : by) };
  }
}
