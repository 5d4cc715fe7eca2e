import { type EventOf, nameBasedId } from '@handoff/contracts';
import { CLOCK, type Clock, Problem } from '@handoff/platform';
import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { EventAcceptor } from '../accept/event-acceptor.js';
import { traceParentOf } from '../accept/trace-parent.js';
import { cleanText } from '../adapters/payload.js';
import { problemResponse } from '../http/documents.js';
import { contentHash, idempotencyKeyOf } from '../submit-ticket/submit-ticket.controller.js';
import { HealthNoticeBody } from './health-notice.body.js';

@ApiTags('health notices')
@ApiBearerAuth('bearer')
@Controller('v1/health-notices')
export class ReportOutageController {
  constructor(private readonly acceptor: EventAcceptor, @Inject(CLOCK) private readonly clock: Clock) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Report an outage of an offer, an update of it, or its end' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Names this notice. Without it the content does: the same content again is the same notice.' })
  @ApiResponse({ status: 202, description: 'Stored.', schema: { type: 'object', properties: { eventId: { type: 'string', format: 'uuid' }, duplicate: { type: 'boolean' } } } })
  @problemResponse(401, 'token-required')
  @problemResponse(409, 'idempotency-key-reused')
  @problemResponse(422, 'invalid-content, field-invalid')
  @problemResponse(503, 'kafka-unavailable, too-busy')
  async report(@Body() body: HealthNoticeBody, @Headers('idempotency-key') key: string | undefined, @Headers('traceparent') traceparent: string | undefined): Promise<{ eventId: string; duplicate: boolean }> {
    const content = contentHash(body);
    const event: EventOf<'handoff.health-notice.received.v1'> = {
      id: nameBasedId('health-notice', cleanText(body.noticeId, Infinity), idempotencyKeyOf(key) ?? `content:${content}`),
      type: 'handoff.health-notice.received.v1',
      source: '/handoff/intake',
      subject: cleanText(body.offerId, Infinity),
      time: this.clock.now().toISOString(),
      traceparent: traceParentOf(traceparent),
      data: noticeOf(body),
    };
    const { duplicate } = await this.acceptor.accept(event, { digest: content, onConflict: 'refuse' });
    return { eventId: event.id, duplicate };
  }
}

function noticeOf(body: HealthNoticeBody): EventOf<'handoff.health-notice.received.v1'>['data'] {
  const startedAt = new Date(body.startedAt).toISOString();
  const endedAt = typeof body.endedAt === 'string' ? new Date(body.endedAt).toISOString() : null;
  if (endedAt !== null && endedAt < startedAt) {
    throw new Problem(422, 'field-invalid', 'The outage ends before it starts.', { fields: [{ field: '/endedAt', detail: 'must not be before startedAt' }] });
  }
  return { noticeId: cleanText(body.noticeId, Infinity), offerId: cleanText(body.offerId, Infinity), summary: cleanText(body.summary, Infinity), startedAt, endedAt };
}
