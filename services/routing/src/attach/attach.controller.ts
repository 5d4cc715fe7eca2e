import { MayBeAbsent, Problem } from '@handoff/platform';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ACTOR_CHARS_MAX, actorIn, cleanText, versionOf } from '../tickets/person.js';
import { ticketIdIn } from '../tickets/refuse-ticket.js';
import { TicketView, viewOf } from '../tickets/tickets.controller.js';
import { AttachTicketHandler } from './attach-ticket.handler.js';

const REASON_CHARS_MAX = 1_024;
const NOTICE_ID_CHARS_MAX = 256;
const IF_MATCH = { name: 'If-Match', required: false, description: 'The version of the ticket that you have seen, as `"3"`. Another one now: 412.' };
const ACTOR = { name: 'X-Handoff-Actor', required: false, description: 'Who says it.' };

export class DetachBody {
  @ApiProperty({ description: 'Why, for those who look after the tickets. No contact is told.', maxLength: REASON_CHARS_MAX }) @IsString() @MinLength(1) @MaxLength(REASON_CHARS_MAX) reason!: string;
  @ApiPropertyOptional({ description: 'Who says it, where `X-Handoff-Actor` does not. It stands in the reason of the decision.', maxLength: ACTOR_CHARS_MAX, example: 'ada' }) @MayBeAbsent() @IsString() @MinLength(1) @MaxLength(ACTOR_CHARS_MAX) by?: string;
}

export class AttachBody extends DetachBody {
  @ApiProperty({ description: 'The outage: the id of its health notice.', example: 'outage-7', maxLength: NOTICE_ID_CHARS_MAX }) @IsString() @MinLength(1) @MaxLength(NOTICE_ID_CHARS_MAX) noticeId!: string;
}

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class AttachController {
  constructor(private readonly handler: AttachTicketHandler) {}

  @Post(':id/attach')
  @HttpCode(200)
  @ApiOperation({ summary: 'Attach a ticket to an outage', description: 'Nobody is asked about it while the outage lasts. Sent again, it changes nothing.' })
  @ApiHeader(IF_MATCH)
  @ApiHeader(ACTOR)
  @ApiOkResponse({ type: TicketView })
  async attach(@Param('id') id: string, @Body() body: AttachBody, @Headers() headers: Record<string, string | undefined>, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return answered(await this.handler.attach({ ...said(id, body, headers), noticeId: body.noticeId.replaceAll('\u0000', '') }), reply);
  }

  @Post(':id/detach')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a ticket does not belong to its outage', description: 'It is decided again without the outage. Sent again, it changes nothing.' })
  @ApiHeader(IF_MATCH)
  @ApiHeader(ACTOR)
  @ApiOkResponse({ type: TicketView })
  async detach(@Param('id') id: string, @Body() body: DetachBody, @Headers() headers: Record<string, string | undefined>, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return answered(await this.handler.detach(said(id, body, headers)), reply);
  }
}

function said(id: string, body: DetachBody, headers: Record<string, string | undefined>): Parameters<AttachTicketHandler['detach']>[0] {
  const reason = cleanText(body.reason);
  if (reason === null) throw new Problem(422, 'field-invalid', "'reason' must say why.", { fields: [{ field: 'reason', detail: 'must say why' }] });
  return { ticketId: ticketIdIn(id), reason, by: actorIn(headers, body.by), ticketVersion: versionOf(headers['if-match']) };
}

function answered(ticket: Parameters<typeof viewOf>[0], reply: FastifyReply): object {
  void reply.header('etag', `"${ticket.version}"`);
  return viewOf(ticket);
}
