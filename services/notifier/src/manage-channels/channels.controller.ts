import { isUuid } from '@handoff/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type ChannelWithSecret, type ConfiguredChannel, shownAddress, type TicketingSetup } from './channel.js';
import { ChannelPageView, ChannelQuery, ChannelView, CreatedChannelView, CreateChannel, PatchChannel, RotateChannel } from './channels.dto.js';
import { channelNotFound, ManageChannelsHandler } from './manage-channels.handler.js';

@ApiTags('channels')
@Controller('v1/channels')
export class ChannelsController {
  constructor(private readonly handler: ManageChannelsHandler) {}

  @Get()
  @ApiOperation({ summary: 'The configured channels, in the order of their ids' })
  @ApiResponse({ status: 200, type: ChannelPageView })
  async list(@Query() query: ChannelQuery): Promise<ChannelPageView> {
    const { items, next } = await this.handler.list({ destination: query.destination ?? null, cursor: query.cursor ?? null, limit: query.limit });
    return { items: items.map(viewOf), next };
  }

  @Post()
  @ApiOperation({ summary: 'Adds a channel. The secret of a webhook is shown here, and never again' })
  @ApiResponse({ status: 201, type: CreatedChannelView })
  async create(@Body() body: CreateChannel): Promise<CreatedChannelView> {
    return withSecret(await this.handler.create(body));
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gives a webhook a new secret. The former one signs beside it for a while; the new one is shown here, and never again' })
  @ApiResponse({ status: 200, type: CreatedChannelView })
  async rotate(@Param('id') id: string, @Body() body: RotateChannel): Promise<CreatedChannelView> {
    return withSecret(await this.handler.rotate(known(id), body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One channel' })
  @ApiResponse({ status: 200, type: ChannelView })
  async get(@Param('id') id: string): Promise<ChannelView> {
    return viewOf(await this.handler.get(known(id)));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Changes a channel; absent fields stay' })
  @ApiResponse({ status: 200, type: ChannelView })
  async change(@Param('id') id: string, @Body() body: PatchChannel): Promise<ChannelView> {
    return viewOf(await this.handler.change(known(id), body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Removes a channel; what waits for it fails, visibly' })
  async remove(@Param('id') id: string): Promise<void> {
    await this.handler.remove(known(id));
  }
}

function known(id: string): string {
  if (!isUuid(id)) throw channelNotFound(id);
  return id;
}

/** A secret that both sides need. A private key is shown to nobody, nor is the URL of a chat. */
function withSecret({ secret, ...channel }: ChannelWithSecret): CreatedChannelView {
  const isShown = secret !== null && channel.kind === 'webhook' && channel.publicKey === null;
  return { ...viewOf(channel), ...(isShown ? { secret } : {}) };
}

function viewOf({ channelId, destination, kind, address, enabled, purposes, disabledReason, publicKey, formerSecretUntil, ticketing, credentialsShown, messagesPerMinuteMax, failingSince, createdAt, updatedAt }: ConfiguredChannel): ChannelView {
  const shown = shownAddress(kind, address);
  return { id: channelId, destination, kind, ...(kind === 'mail' ? { address: shown } : { url: shown }), enabled, purposes, disabledReason, ...(ticketing === null ? {} : setupOf(ticketing)), ...(credentialsShown === null ? {} : { credentials: credentialsShown }), ...(messagesPerMinuteMax === null ? {} : { messagesPerMinuteMax }), ...(failingSince === null ? {} : { failingSince }), ...(publicKey === null ? {} : { publicKey }), ...(formerSecretUntil === null ? {} : { formerSecretUntil }), createdAt, updatedAt };
}

function setupOf({ source, ...setup }: TicketingSetup): Pick<ChannelView, 'system' | 'settings' | 'source'> {
  return { ...setup, ...(source === null ? {} : { source }) };
}
