import { type EventType, structuredEvent } from '@handoff/contracts';
import type { Transactions } from '@handoff/messaging';
import { Problem } from '@handoff/platform';
import { Controller, Get, Headers, Inject, type OnModuleDestroy, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sessions } from '../sign-in/sessions.js';
import { TRANSACTIONS } from '../tokens.js';
import type { EventLogStore } from './event-log.store.js';
import { EventStreams, type StreamPlan } from './event-streams.js';
import { EventPage, EventsQuery, LiveQuery } from './event.views.js';
import { eventFrame, type LogBatch } from './log-batch.js';
import { positionIn, resumeOfPage } from './resume.decision.js';

export const EVENT_LOG_STORE = Symbol('EVENT_LOG_STORE');
const LIMIT = 100;

/** What happens, as it happens: changes for the page, events for integrators. Both follow the same tail. */
@ApiTags('events')
@ApiBearerAuth()
@Controller()
export class FollowController implements OnModuleDestroy {
  constructor(private readonly streams: EventStreams, private readonly sessions: Sessions, @Inject(EVENT_LOG_STORE) private readonly log: EventLogStore, @Inject(TRANSACTIONS) private readonly transactions: Transactions) {}

  /** The server closes when its last answer has ended. */
  onModuleDestroy(): void {
    this.streams.close();
  }

  @Get('api/live')
  @ApiOperation({ summary: 'Server-sent events for the page: which tickets changed, and between which queues' })
  @ApiProduces('text/event-stream')
  async live(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: LiveQuery, @Headers('last-event-id') lastEventId?: string): Promise<void> {
    const said = lastEventId ?? query.lastEventId;
    await this.streams.serve(reply, this.sessionHashOf(request), async (last): Promise<StreamPlan> => {
      // What is no position of ours counts as one of another log.
      const from = said === undefined || said === '' ? null : (positionIn(said) ?? BigInt(Number.MAX_SAFE_INTEGER));
      const resume = resumeOfPage({ from, last, given: from !== null && from > last ? await this.given() : last });
      return {
        kind: 'changes', position: resume.position, frameOf: (batch) => batch.as('changes'), heartbeatAt: (position) => `id: ${position}\nevent: heartbeat\ndata: {}\n\n`,
        preface: resume.kind === 'resync' ? `id: ${resume.position}\nevent: resync\ndata: {}\n\n` : '',
      };
    });
  }

  @Get('v1/events')
  @ApiOperation({ summary: 'All events in the order of the log: page by page, or as they happen where the request accepts text/event-stream' })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The stream goes on behind it' })
  @ApiProduces('application/json', 'text/event-stream')
  @ApiOkResponse({ type: EventPage })
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() { cursor, limit = LIMIT, types }: EventsQuery, @Headers('last-event-id') lastEventId?: string): Promise<void> {
    const isStream = /\btext\/event-stream\b/i.test(request.headers.accept ?? '');
    const said = (isStream ? lastEventId : undefined) ?? cursor;
    const from = said === undefined ? null : await this.positionOf(said);
    if (!isStream) return void (await reply.header('vary', 'accept').send(await this.page(from ?? 0n, limit, types)));
    const frameOf = types === undefined ? (batch: LogBatch) => batch.as('events') : framesOf(new Set(types));
    void reply.header('vary', 'accept');
    await this.streams.serve(reply, this.sessionHashOf(request), (last) => ({
      kind: 'events', position: from ?? last, frameOf, heartbeatAt: (position) => `: heartbeat\nid: ${position}\n\n`,
    }));
  }

  private async page(position: bigint, limit: number, types: readonly EventType[] | undefined): Promise<EventPage> {
    const entries = await this.transactions.run((tx) => this.log.after(tx, { position, limit, types }));
    return { items: entries.map(({ event }) => structuredEvent(event)), next: String(entries.at(-1)?.position ?? position), isEnd: entries.length < limit };
  }

  /** @throws Problem 400 `cursor-invalid` where it is none of this log: nothing is passed over in silence. */
  private async positionOf(said: string): Promise<bigint> {
    const position = positionIn(said);
    if (position === null || position > (await this.given())) {
      throw new Problem(400, 'cursor-invalid', 'The log has no such position. It may have been made anew since.', { fields: [{ field: 'cursor', detail: "Take it from 'next' of a page or the id of an event; leave it out to begin anew." }] });
    }
    return position;
  }

  private async given(): Promise<bigint> {
    return (await this.transactions.run((tx) => this.log.end(tx))).given;
  }

  private sessionHashOf(request: FastifyRequest): Buffer | null {
    return this.sessions.of(request)?.hash ?? null;
  }
}

function framesOf(types: ReadonlySet<EventType>): (batch: LogBatch) => string | null {
  return ({ entries }) => entries.filter(({ event }) => types.has(event.type)).map(eventFrame).join('') || null;
}
