import { type Area, AREAS } from '@handoff/contracts';
import { MayBeAbsent } from '@handoff/platform';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ACTOR_CHARS_MAX, actorIn, cleanText, versionOf } from '../tickets/person.js';
import { ticketIdIn } from '../tickets/refuse-ticket.js';
import { TicketView, viewOf } from '../tickets/tickets.controller.js';
import { ClassifyTicketHandler } from './classify-ticket.handler.js';

const NOTE_CHARS_MAX = 1_024;

export class ClassifyBody {
  @ApiProperty({ enum: AREAS, example: 'break-fix' }) @IsIn(AREAS) area!: Area;
  @ApiPropertyOptional({ description: 'Why, for those who work on it. It stays with the ticket and is not sent to anybody.', maxLength: NOTE_CHARS_MAX }) @MayBeAbsent() @IsString() @MaxLength(NOTE_CHARS_MAX) note?: string;
  @ApiPropertyOptional({ description: 'Who says it, where `X-Handoff-Actor` does not. It stands in the reason of the decision.', maxLength: ACTOR_CHARS_MAX, example: 'ada' }) @MayBeAbsent() @IsString() @MinLength(1) @MaxLength(ACTOR_CHARS_MAX) by?: string;
}

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class ClassifyController {
  constructor(private readonly handler: ClassifyTicketHandler) {}

  @Post(':id/classify')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say what a ticket is about, and route it again', description: 'Sent again with the same content, it changes nothing.' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The version of the ticket that you have seen, as `"3"`. Another one now: 412.' })
  @ApiHeader({ name: 'X-Handoff-Actor', required: false, description: 'Who says it.' })
  @ApiOkResponse({ type: TicketView })
  async classify(@Param('id') id: string, @Body() body: ClassifyBody, @Headers() headers: Record<string, string | undefined>, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const ticket = await this.handler.handle({
      ticketId: ticketIdIn(id), area: body.area, note: cleanText(body.note),
      by: actorIn(headers, body.by),
      ticketVersion: versionOf(headers['if-match']),
    });
    void reply.header('etag', `"${ticket.version}"`);
    return viewOf(ticket);
  }
}
