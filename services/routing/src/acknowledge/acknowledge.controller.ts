import { isServiceRequestNumber } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ACTOR_CHARS_MAX, actorIn, cleanText, versionOf } from '../tickets/person.js';
import { ticketIdIn } from '../tickets/refuse-ticket.js';
import { TicketView, viewOf } from '../tickets/tickets.controller.js';
import { AcknowledgeTicketHandler } from './acknowledge-ticket.handler.js';

const PARTY_CHARS_MAX = 256;

export class AcknowledgeBody {
  @ApiPropertyOptional({ description: 'Who works on it, where `X-Handoff-Actor` does not say.', maxLength: ACTOR_CHARS_MAX, example: 'ada' }) @IsOptional() @IsString() @MinLength(1) @MaxLength(ACTOR_CHARS_MAX) by?: string;
  @ApiPropertyOptional({ description: 'For which of those who were asked. Left out: for all of them.', maxLength: PARTY_CHARS_MAX, example: 'isv/contoso' }) @IsOptional() @IsString() @MinLength(1) @MaxLength(PARTY_CHARS_MAX) party?: string;
  @ApiPropertyOptional({ description: 'Of the service request that was opened for it at Microsoft: 4 to 64 letters, digits and hyphens.', maxLength: 64, example: '2611020040001234' }) @IsOptional() @IsString() @MaxLength(64) serviceRequestNumber?: string;
}

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class AcknowledgeController {
  constructor(private readonly handler: AcknowledgeTicketHandler) {}

  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that somebody works on a ticket', description: 'Reminders and escalation end. Sent again, it changes nothing.' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The version of the ticket that you have seen, as `"3"`. Another one now: 412.' })
  @ApiHeader({ name: 'X-Handoff-Actor', required: false, description: 'Who works on it.' })
  @ApiOkResponse({ type: TicketView })
  async acknowledge(@Param('id') id: string, @Body() body: AcknowledgeBody, @Headers() headers: Record<string, string | undefined>, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const ticket = await this.handler.handle({
      ticketId: ticketIdIn(id), party: cleanText(body.party), serviceRequestNumber: numberOf(body.serviceRequestNumber),
      by: actorIn(headers, body.by),
      ticketVersion: versionOf(headers['if-match']),
    });
    void reply.header('etag', `"${ticket.version}"`);
    return viewOf(ticket);
  }
}

/** @throws Problem 422 `field-invalid` when it is no number of a service request. */
function numberOf(text: string | undefined): string | null {
  const number = cleanText(text);
  if (number === null || isServiceRequestNumber(number)) return number;
  const detail = 'must have 4 to 64 letters, digits and hyphens, as "2611020040001234"';
  throw new Problem(422, 'field-invalid', `'serviceRequestNumber' ${detail}.`, { fields: [{ field: 'serviceRequestNumber', detail }] });
}
