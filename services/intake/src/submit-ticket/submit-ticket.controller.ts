import { createHash } from 'node:crypto';
import { CLOCK, type Clock, Problem } from '@handoff/platform';
import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { EventAcceptor } from '../accept/event-acceptor.js';
import { ticketReceived } from '../accept/received-ticket.js';
import { traceParentOf } from '../accept/trace-parent.js';
import { ACCEPTED, problemResponse } from '../http/documents.js';
import { SourceCache } from '../sources/source-cache.js';
import { SubmitTicketBody } from './submit-ticket.body.js';
import { ticketOf } from './ticket.body.js';

const DEFAULT_SOURCE = 'api';
const KEY_CHARS_MAX = 256;

interface Acknowledgement {
  readonly eventId: string;
  readonly ticketId: string;
  readonly duplicate: boolean;
}

@ApiTags('tickets')
@ApiBearerAuth('bearer')
@Controller('v1/tickets')
export class SubmitTicketController {
  constructor(private readonly sources: SourceCache, private readonly acceptor: EventAcceptor, @Inject(CLOCK) private readonly clock: Clock) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Tell about a ticket in our own format', description: '202 means that the event is stored durably.' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Names this event. Without it the content does: the same content again is the same event, so give a key, or `occurredAt`, when a ticket may return to an earlier state.' })
  @ApiResponse({ status: 202, description: 'Stored.', content: { 'application/json': { schema: ACCEPTED } } })
  @problemResponse(400, 'invalid-json')
  @problemResponse(401, 'token-required')
  @problemResponse(409, 'idempotency-key-reused')
  @problemResponse(422, 'invalid-content, field-invalid')
  @problemResponse(503, 'kafka-unavailable, too-busy, database-unavailable')
  async submit(@Body() body: SubmitTicketBody, @Headers('idempotency-key') key: string | undefined, @Headers('traceparent') traceparent: string | undefined): Promise<Acknowledgement> {
    const source = body.source ?? DEFAULT_SOURCE;
    const found = await this.sources.find(source);
    const receivedAt = this.clock.now();
    const content = contentHash(body);
    const event = ticketReceived({
      source,
      sourceParty: found?.source.sourceParty ?? null,
      idempotencyKey: idempotencyKeyOf(key) ?? `content:${content}`,
      ticket: ticketOf(body, receivedAt),
      traceparent: traceParentOf(traceparent),
      receivedAt,
    });
    const { duplicate } = await this.acceptor.accept(event, { digest: content, onConflict: 'refuse' });
    return { eventId: event.id, ticketId: event.subject, duplicate };
  }
}

/** @throws Problem 422 `field-invalid` when the key is empty or too long. */
export function idempotencyKeyOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (header.trim() !== '' && header.length <= KEY_CHARS_MAX) return `key:${header}`;
  const detail = `must have 1 to ${KEY_CHARS_MAX} characters`;
  throw new Problem(422, 'field-invalid', `'Idempotency-Key' ${detail}.`, { fields: [{ field: 'Idempotency-Key', detail }] });
}

/** The same for bodies that say the same, in whatever order of keys. */
export function contentHash(body: object): string {
  const sorted = JSON.stringify(body, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value);
  return createHash('sha256').update(sorted).digest('hex');
}
