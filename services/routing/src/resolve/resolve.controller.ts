import { MayBeAbsent } from '@handoff/platform';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ACTOR_CHARS_MAX, actorIn, cleanText, versionOf } from '../tickets/person.js';
import { ticketIdIn } from '../tickets/refuse-ticket.js';
import { TicketView, viewOf } from '../tickets/tickets.controller.js';
import { ResolveTicketHandler } from './resolve-ticket.handler.js';

const NOTE_CHARS_MAX = 4_000;

export class ResolveBody {
  @ApiPropertyOptional({ description: 'Who says it, where `X-Handoff-Actor` does not.', maxLength: ACTOR_CHARS_MAX, example: 'ada' }) @MayBeAbsent() @IsString() @MinLength(1) @MaxLength(ACTOR_CHARS_MAX) by?: string;
  @ApiPropertyOptional({ description: 'What was done. It goes to those who hear that the ticket is resolved.', maxLength: NOTE_CHARS_MAX }) @MayBeAbsent() @IsString() @MaxLength(NOTE_CHARS_MAX) note?: string;
}

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class ResolveController {
  constructor(private readonly handler: ResolveTicketHandler) {}

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a ticket is done', description: 'Reminders and escalation end; tickets that were opened for it in other systems are closed. Sent again, it changes nothing.' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The version of the ticket that you have seen, as `"3"`. Another one now: 412.' })
  @ApiHeader({ name: 'X-Handoff-Actor', required: false, description: 'Who says it.' })
  @ApiOkResponse({ type: TicketView })
  async resolve(@Param('id') id: string, @Body() body: ResolveBody, @Headers() headers: Record<string, string | undefined>, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const ticket = await this.handler.handle({
      ticketId: ticketIdIn(id), note: cleanText(body.note),
      by: actorIn(headers, body.by),
      ticketVersion: versionOf(headers['if-match']),
    });
    void reply.header('etag', `"${ticket.version}"`);
    return viewOf(ticket);
  }
}
