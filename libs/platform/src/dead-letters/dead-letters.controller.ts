import { isUuid } from '@handoff/contracts';
import { type Asked, type DeadLetterCause, type DeadLetterRefusal, type DeadLetterSummary, PostgresDeadLetters } from '@handoff/persistence';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { BodyPipe } from '../body.pipe.js';
import { type Page, pageOf, readCursor, refusingCursors } from '../page.js';
import { Problem } from '../problem.js';
import { DeadLetterCausesQuery, DeadLetterListQuery, DiscardDeadLetterBody, RetryDeadLetterBody, RetryDeadLettersBody } from './dead-letter.body.js';
import { type DeadLetterDocument, documentOf } from './dead-letter.document.js';
import { editProblems } from './edited-value.decision.js';

const LIMIT_DEFAULT = 50;
const EXAMPLE: DeadLetterSummary = {
  id: '6d1f9c53-7a0e-4b7b-8b0c-1f2a3b4c5d6e', state: 'dead', reason: 'handler-failed', detail: 'The offer has no publisher.', errorName: 'Error', topic: 'handoff.intake', partition: 7, offset: '4711',
  ticketId: '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11', type: 'handoff.ticket.received.v1', eventId: 'c2b1a3d4-1111-5222-8333-944455566677', attempts: 6, attemptsLeft: 0, setAsideAt: '2026-11-02T08:00:00.000Z',
  deadAt: '2026-11-02T16:35:35.000Z', nextRetryAt: null, waitsFor: null, behind: 2, isEdited: false, settled: null,
};

const EXAMPLE_CAUSE: DeadLetterCause = {
  reason: 'handler-failed', state: 'dead', type: 'handoff.ticket.received.v1', records: 12, detail: 'The offer has no publisher.', firstAt: '2026-11-02T08:00:00.000Z', lastAt: '2026-11-02T08:10:00.000Z', nextRetryAt: null,
};

/** Positions are numbers of PostgreSQL's bigint, as digits. */
const isPosition = (parts: readonly unknown[]): parts is readonly [string] => parts.length === 1 && typeof parts[0] === 'string' && /^\d{1,18}$/.test(parts[0]);

/** The events that this service set aside: shown, tried again, or given up for good. */
@ApiTags('dead letters')
@ApiBearerAuth()
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(PostgresDeadLetters) private readonly letters: PostgresDeadLetters) {}

  @Get()
  @ApiOperation({ summary: 'Events that were set aside after a failure, the latest first', description: 'Also those that are tried again by themselves, those that wait behind an earlier event of their ticket, and those that were settled within the last 90 days.' })
  @ApiResponse({ status: 200, schema: { example: { items: [EXAMPLE], next: null } } })
  list(@Query() { ticket, cursor, limit = LIMIT_DEFAULT, ...query }: DeadLetterListQuery): Promise<Page<DeadLetterSummary>> {
    return refusingCursors(async () => {
      const [before] = cursor === undefined ? [] : readCursor(cursor, isPosition);
      const found = await this.letters.list({ ...query, ticketId: ticket, before, limit: limit + 1 });
      const { items, next } = pageOf(found, limit, ({ position }) => [position]);
      return { items: items.map(({ summary }) => summary), next };
    });
  }

  @Get('causes')
  @ApiOperation({ summary: 'What is set aside now, counted by reason, type and state, the most frequent first' })
  @ApiResponse({ status: 200, schema: { example: { items: [EXAMPLE_CAUSE] } } })
  async causes(@Query() { since }: DeadLetterCausesQuery): Promise<{ items: readonly DeadLetterCause[] }> {
    return { items: await this.letters.causes(timeOf(since)) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read one, with its headers, its value as it came, and its history' })
  @ApiResponse({ status: 200, schema: { example: { ...EXAMPLE, headers: [{ name: 'ce_type', text: 'handoff.ticket.received.v1', encoding: 'utf8' }], value: { text: '{"ticketId": "…"}', encoding: 'utf8' }, editedValue: null, keyBase64: 'M2ExZg==', appendedAt: '2026-11-02T08:00:00.000Z', history: [{ at: '2026-11-02T08:00:00.000Z', what: 'set-aside', code: 'handler-failed', detail: 'The offer has no publisher.', nextRetryAt: '2026-11-02T08:00:05.000Z' }] } } })
  @ApiResponse({ status: 404, description: 'dead-letter-unknown' })
  async read(@Param('id') id: string): Promise<DeadLetterDocument> {
    const found = isUuid(id) ? await this.letters.find(id) : null;
    if (found === null) throw unknown();
    return documentOf(found);
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Try all of a reason again, the earliest first', description: 'They are tried within seconds. At most 10,000 at a call; `hasMore` says whether to call again.' })
  @ApiResponse({ status: 202, schema: { example: { retrying: 12, hasMore: false } } })
  retryAll(@Body() { reason, since, ...asked }: RetryDeadLettersBody): Promise<{ retrying: number; hasMore: boolean }> {
    return this.letters.retryAll({ reason, since: timeOf(since) }, askedBy(asked), new Date());
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Try one again, if need be with another value', description: 'It is tried within seconds, and then the later events of its ticket, in order. When it fails again it stays, with the failure in its history. The value as it came is kept.' })
  @ApiBody({ type: RetryDeadLetterBody, required: false })
  @ApiResponse({ status: 202, schema: { example: { ...EXAMPLE, state: 'retrying', nextRetryAt: '2026-11-03T09:00:00.000Z' } } })
  @ApiResponse({ status: 404, description: 'dead-letter-unknown' })
  @ApiResponse({ status: 409, description: 'dead-letter-settled, dead-letter-waits, dead-letter-busy' })
  @ApiResponse({ status: 422, description: 'invalid-content' })
  async retry(@Param('id') id: string, @Body() body: unknown): Promise<DeadLetterSummary> {
    // A retry needs no body, and the pipe that checks bodies refuses an absent one.
    const { value, ...asked } = (await new BodyPipe().transform(body ?? {}, { type: 'body', metatype: RetryDeadLetterBody })) as RetryDeadLetterBody;
    if (value !== undefined) await this.refuseUnfit(id, value);
    const editedValue = value === undefined ? null : Buffer.from(JSON.stringify(value));
    return this.done(id, await this.letters.retry(known(id), { ...askedBy(asked), editedValue }, new Date()));
  }

  @Post(':id/discard')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give one up for good', description: 'Later events of its ticket go on, in order. It stays visible for 90 days, with who discarded it and why.' })
  @ApiResponse({ status: 200, schema: { example: { ...EXAMPLE, state: 'discarded', behind: 0, settled: { at: '2026-11-03T09:00:00.000Z', by: 'Ada', note: 'The source sent it twice.' } } } })
  @ApiResponse({ status: 404, description: 'dead-letter-unknown' })
  @ApiResponse({ status: 409, description: 'dead-letter-settled, dead-letter-busy' })
  async discard(@Param('id') id: string, @Body() asked: DiscardDeadLetterBody): Promise<DeadLetterSummary> {
    return this.done(id, await this.letters.discard(known(id), askedBy(asked)));
  }

  private async refuseUnfit(id: string, value: object): Promise<void> {
    const letter = await this.letters.find(known(id));
    if (letter === null) throw unknown();
    const fields = editProblems(value, letter);
    if (fields.length > 0) throw new Problem(422, 'invalid-content', `The value cannot take the place of the former: ${fields.map(({ detail }) => detail).join('; ')}.`, { fields });
  }

  private async done(id: string, refusal: DeadLetterRefusal | null): Promise<DeadLetterSummary> {
    if (refusal !== null) throw refused(refusal);
    const letter = await this.letters.find(id);
    // It may have been handled by now, and one that was never given up is then forgotten.
    if (letter === null) throw new Problem(409, 'dead-letter-settled', 'It was handled at this moment; nothing is left to do.');
    const { record: _record, editedValue: _edited, history: _history, ...summary } = letter;
    return summary;
  }
}

function timeOf(instant: string | undefined): Date | null {
  return instant === undefined ? null : new Date(instant);
}

function known(id: string): string {
  if (!isUuid(id)) throw unknown();
  return id;
}

function unknown(): Problem {
  return new Problem(404, 'dead-letter-unknown', 'No event is set aside under this id. One that was handled before it was given up is not kept.');
}

function refused(refusal: DeadLetterRefusal): Problem {
  switch (refusal.refused) {
    case 'unknown': return unknown();
    case 'busy': return new Problem(409, 'dead-letter-busy', 'It is being tried at this moment; ask again in a few seconds.');
    case 'settled': return new Problem(409, 'dead-letter-settled', refusal.state === 'discarded' ? 'It was discarded; its original is in the topic it came from for as long as that keeps it.' : 'It was tried again and handled; nothing is left to do.');
    case 'waits': return new Problem(409, 'dead-letter-waits', `An earlier event of the same ticket is set aside, ${refusal.waitsFor}. Retry or discard that one; this one then follows by itself.`);
  }
}

function askedBy({ by, note }: { readonly by?: string; readonly note?: string }): Asked {
  return { by: by ?? null, note: note ?? null };
}
