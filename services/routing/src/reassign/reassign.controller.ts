import { MayBeAbsent, Problem } from '@handoff/platform';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ACTOR_CHARS_MAX, actorIn, cleanText, versionOf } from '../tickets/person.js';
import { ticketIdIn } from '../tickets/refuse-ticket.js';
import { TicketView, viewOf } from '../tickets/tickets.controller.js';
import { ReassignTicketHandler } from './reassign-ticket.handler.js';

const REASON_CHARS_MAX = 1_024;
const TO_CHARS_MAX = 256;

export class ReassignBody {
  @ApiProperty({ description: 'Who is to act: `partner/<id>`, `isv/<id>`, or `microsoft` by the partner who hands over.', example: 'partner/2002', maxLength: TO_CHARS_MAX }) @IsString() @MaxLength(TO_CHARS_MAX) @Matches(/^(?:microsoft|(?:partner|isv)\/.+)$/, { message: 'must be partner/<id>, isv/<id> or microsoft' }) to!: string;
  @ApiProperty({ description: 'Why, for those who look after the tickets. No contact is told.', maxLength: REASON_CHARS_MAX }) @IsString() @MinLength(1) @MaxLength(REASON_CHARS_MAX) reason!: string;
  @ApiPropertyOptional({ description: 'Who says it, where `X-Handoff-Actor` does not. It stands in the reason of the decision.', maxLength: ACTOR_CHARS_MAX, example: 'ada' }) @MayBeAbsent() @IsString() @MinLength(1) @MaxLength(ACTOR_CHARS_MAX) by?: string;
}

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class ReassignController {
  constructor(private readonly handler: ReassignTicketHandler) {}

  @Post(':id/reassign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Move a ticket to another party', description: 'It stays there until the rules answer otherwise than they do now. Sent again with the same content, it changes nothing.' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The version of the ticket that you have seen, as `"3"`. Another one now: 412.' })
  @ApiHeader({ name: 'X-Handoff-Actor', required: false, description: 'Who says it.' })
  @ApiOkResponse({ type: TicketView })
  async reassign(@Param('id') id: string, @Body() body: ReassignBody, @Headers() headers: Record<string, string | undefined>, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const ticket = await this.handler.handle({
      ticketId: ticketIdIn(id), to: body.to.replaceAll('\u0000', ''), reason: reasonIn(body.reason),
      by: actorIn(headers, body.by),
      ticketVersion: versionOf(headers['if-match']),
    });
    void reply.header('etag', `"${ticket.version}"`);
    return viewOf(ticket);
  }
}

function reasonIn(text: string): string {
  const reason = cleanText(text);
  if (reason === null) throw new Problem(422, 'field-invalid', "'reason' must say why the ticket is moved.", { fields: [{ field: 'reason', detail: 'must say why' }] });
  return reason;
}
