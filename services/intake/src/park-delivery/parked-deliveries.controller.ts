import { isUuid } from '@handoff/contracts';
import { CLOCK, type Clock, type Page, refusingCursors } from '@handoff/platform';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { problemResponse } from '../http/documents.js';
import { DiscardParkedQuery, ParkedCausesQuery, ParkedDeliveryQuery, RetryParkedBody } from './parked-delivery.body.js';
import { PARKED_DELIVERY_STORE, type ParkedCause, type ParkedDeliveryStore } from './parked-delivery.store.js';
import type { ParkedRecord } from './parked-delivery.js';
import { parkedUnknown, RetryParkedHandler, type RetrySummary } from './retry-parked.handler.js';

interface ParkedSummary extends Pick<ParkedRecord, 'source' | 'failures' | 'receivedAt' | 'deliveries' | 'attempts' | 'discarded'> {
  readonly parkedId: string;
  readonly bodyBytes: number;
}

interface ParkedDocument extends ParkedSummary {
  readonly request: Pick<ParkedRecord['request'], 'method' | 'url' | 'headers'> & { readonly body: string; readonly bodyEncoding: 'utf8' | 'base64' };
}

const LIMIT_DEFAULT = 50;
const EXAMPLE = {
  parkedId: '6d1f9c53-7a0e-5b7b-8b0c-1f2a3b4c5d6e', source: 'jira-emea', failures: [{ index: 0, code: 'field-missing', detail: "The payload has no 'issue.key', or it is empty; without it there is no ticket to tell about.", fields: [{ field: 'issue.key', detail: 'must be a text that is not empty' }] }],
  receivedAt: '2026-11-01T09:00:00.000Z', deliveries: 1, attempts: 0, discarded: null, bodyBytes: 512,
};
const EXAMPLE_CAUSE: ParkedCause = { source: 'jira-emea', code: 'field-missing', deliveries: 12, detail: "The payload has no 'issue.key', or it is empty; without it there is no ticket to tell about.", firstAt: '2026-11-01T09:00:00.000Z', lastAt: '2026-11-01T09:10:00.000Z' };
const EXAMPLE_DOCUMENT = { ...EXAMPLE, request: { method: 'POST', url: 'https://intake.example/v1/sources/jira-emea/webhooks', headers: { 'content-type': 'application/json' }, body: '{"webhookEvent":"jira:issue_created","issue":{}}', bodyEncoding: 'utf8' } };

@ApiTags('parked deliveries')
@ApiBearerAuth('bearer')
@problemResponse(401, 'token-required')
@Controller('v1/parked-deliveries')
export class ParkedDeliveriesController {
  constructor(@Inject(PARKED_DELIVERY_STORE) private readonly store: ParkedDeliveryStore, private readonly retries: RetryParkedHandler, @Inject(CLOCK) private readonly clock: Clock) {}

  @Get()
  @ApiOperation({ summary: 'List genuine webhooks that were not understood, the latest first' })
  @ApiResponse({ status: 200, schema: { example: { items: [EXAMPLE], next: null } } })
  @problemResponse(400, 'cursor-invalid')
  @problemResponse(422, 'invalid-content')
  list(@Query() { discarded, limit, ...query }: ParkedDeliveryQuery): Promise<Page<ParkedSummary>> {
    return refusingCursors(async () => {
      const { items, next } = await this.store.list({ ...query, isDiscarded: discarded === 'true', limit: limit ?? LIMIT_DEFAULT });
      return { items: items.map(summaryOf), next };
    });
  }

  @Get('causes')
  @ApiOperation({ summary: 'What is parked now, counted by source and by the code of the first failure, the most frequent first' })
  @ApiResponse({ status: 200, schema: { example: { items: [EXAMPLE_CAUSE] } } })
  @problemResponse(422, 'invalid-content')
  async causes(@Query() { since }: ParkedCausesQuery): Promise<{ items: readonly ParkedCause[] }> {
    return { items: await this.store.causes(since === undefined ? null : new Date(since)) };
  }

  @Get(':parkedId')
  @ApiOperation({ summary: 'Read one, with its body and without what would prove its sender' })
  @ApiResponse({ status: 200, schema: { example: EXAMPLE_DOCUMENT } })
  @problemResponse(404, 'parked-unknown')
  async read(@Param('parkedId') parkedId: string): Promise<ParkedDocument> {
    const found = isUuid(parkedId) ? await this.store.find(parkedId) : null;
    if (found === null) throw parkedUnknown();
    return documentOf(found);
  }

  @Post('retry')
  @HttpCode(200)
  @ApiOperation({ summary: "Try a source's parked deliveries again, in the order in which they came", description: 'At most 500 at a call; `hasMore` says whether to call again. A change of the mapping or the settings of a source does this by itself.' })
  @ApiResponse({ status: 200, schema: { example: { tried: 12, released: 11, hasMore: false } } })
  @problemResponse(404, 'source-unknown')
  @problemResponse(422, 'invalid-content')
  @problemResponse(503, 'kafka-unavailable, database-unavailable')
  retryMany(@Body() { source, code, since }: RetryParkedBody): Promise<RetrySummary> {
    return this.retries.retryOf(source, code ?? null, since === undefined ? null : new Date(since));
  }

  @Post(':parkedId/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try one again', description: '`released` says whether it was understood. If not, `delivery` says why.' })
  @ApiResponse({ status: 200, schema: { example: { released: false, delivery: EXAMPLE } } })
  @problemResponse(404, 'parked-unknown, source-unknown')
  @problemResponse(409, 'parked-busy')
  @problemResponse(503, 'kafka-unavailable, database-unavailable')
  async retry(@Param('parkedId') parkedId: string): Promise<{ released: boolean; delivery: ParkedSummary | null }> {
    if (!isUuid(parkedId)) throw parkedUnknown();
    const left = await this.retries.retry(parkedId);
    return { released: left === null, delivery: left === null ? null : summaryOf(left) };
  }

  @Delete(':parkedId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Discard one; its body goes, a trace with the note stays for 90 days' })
  @ApiResponse({ status: 204 })
  @problemResponse(404, 'parked-unknown')
  @problemResponse(422, 'invalid-content')
  async discard(@Param('parkedId') parkedId: string, @Query() { note }: DiscardParkedQuery): Promise<void> {
    const isDiscarded = isUuid(parkedId) && (await this.store.discard(parkedId, note, this.clock.now()));
    if (!isDiscarded) throw parkedUnknown();
  }
}

function summaryOf({ id, source, failures, receivedAt, deliveries, attempts, discarded, request }: ParkedRecord): ParkedSummary {
  return { parkedId: id, source, failures, receivedAt, deliveries, attempts, discarded, bodyBytes: request.rawBody.length };
}

function documentOf(record: ParkedRecord): ParkedDocument {
  const { method, url, headers, rawBody } = record.request;
  const text = rawBody.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(rawBody);
  return { ...summaryOf(record), request: { method, url, headers, ...(isText ? { body: text, bodyEncoding: 'utf8' } : { body: rawBody.toString('base64'), bodyEncoding: 'base64' }) } };
}
