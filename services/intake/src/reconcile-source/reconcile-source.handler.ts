import type { EventOf } from '@handoff/contracts';
import { type Clock, counter, Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { EventAcceptor } from '../accept/event-acceptor.js';
import { traceParentOf } from '../accept/trace-parent.js';
import { ApiBusy, ApiRefused, type ReadTicket, stateKey } from '../adapters/source-api.js';
import { type ReadableSource, readContextOf, type SourceApis } from '../call-source-api/source-apis.js';
import { isCopy, ownEventReason } from '../receive-webhook/own-event.decision.js';
import { toldEvent } from '../receive-webhook/reported-event.js';
import type { SourceStore } from '../sources/source.store.js';
import { isLater } from '../ticket-states/ticket-state.js';
import type { TicketStateStore } from '../ticket-states/ticket-state.store.js';
import { cursorAfter, cursorAtEnd, type PollWindow, windowOf } from './poll-window.decision.js';
import type { PollClaim } from './reconciliation.js';

/** What of a poll is durable so far. */
export interface Told {
  readonly readUpTo: Date;
  /** Tickets that no webhook had brought. */
  readonly found: number;
}

export type PollOutcome =
  | { readonly code: 'complete'; readonly readUpTo: Date }
  | { readonly code: 'stopped' }
  | { readonly code: 'refused'; readonly problem: string }
  | { readonly code: 'later'; readonly problem: string; readonly retryAfterMs: number | null };

export interface ReconcileSourceParts {
  readonly sources: Pick<SourceStore, 'find'>;
  readonly apis: Pick<SourceApis, 'of'>;
  readonly acceptor: Pick<EventAcceptor, 'accept'>;
  readonly states: Pick<TicketStateStore, 'latest' | 'note'>;
  /** Its name is in the marks of texts that Handoff wrote into systems. */
  readonly installation: string;
  readonly clock: Clock;
}

/** Tickets that are told together; after them the cursor moves. */
const TICKETS_A_STEP = 100;

const reconciledTotal = counter('handoff_reconciled_tickets_total', 'Tickets that polls of sources read: found (no webhook had brought them), known, own, or unusable', ['source', 'outcome']);

/** Asks a source's system what changed, and tells what no webhook brought. */
export class ReconcileSourceHandler {
  private readonly logger = new Logger(ReconcileSourceHandler.name);

  constructor(private readonly parts: ReconcileSourceParts) {}

  /**
   * Polls once. Never rejects.
   * @param onTold hears how far the poll came, when that is durable; `false` stops it.
   */
  async poll(claim: PollClaim, onTold: (told: Told) => Promise<boolean>): Promise<PollOutcome> {
    try {
      const found = await this.parts.sources.find(claim.source);
      const readable = found === null ? null : this.parts.apis.of(found);
      if (readable === null) return { code: 'refused', problem: 'The source has no access to its system any more.' };
      return await this.read(claim, readable, onTold);
    } catch (error) {
      if (error instanceof ApiRefused) return { code: 'refused', problem: error.message };
      if (error instanceof ApiBusy) return { code: 'later', problem: error.message, retryAfterMs: error.retryAfterMs };
      if (error instanceof Problem) return { code: 'later', problem: error.detail, retryAfterMs: null };
      this.logger.error({ err: error, source: claim.source }, 'A poll of a source failed.');
      return { code: 'later', problem: 'Something went wrong here; the log has the details.', retryAfterMs: null };
    }
  }

  private async read(claim: PollClaim, readable: ReadableSource, onTold: (told: Told) => Promise<boolean>): Promise<PollOutcome> {
    const now = this.parts.clock.now();
    const window = windowOf(claim.readUpTo, now);
    const foundBefore = readable.calls.found;
    let readUpTo = claim.readUpTo;
    for await (const tickets of inSteps(readable.api.updatedSince?.({ since: window.since }, readContextOf(readable, now)))) {
      const found = await this.tell(tickets, readable, window);
      readUpTo = cursorAfter(readUpTo, tickets.map(({ updatedAt }) => updatedAt), window);
      if (!(await onTold({ readUpTo, found }))) return { code: 'stopped' };
    }
    if (readable.calls.found === foundBefore) throw new ApiRefused('Every call was answered with HTTP 404: nothing is at api.baseUrl. Correct it.');
    return { code: 'complete', readUpTo: cursorAtEnd(readUpTo, window) };
  }

  /** @returns how many of them no webhook had brought. */
  private async tell(tickets: readonly ReadTicket[], readable: ReadableSource, { until }: PollWindow): Promise<number> {
    const { source } = readable.source;
    const settled = tickets.filter(({ updatedAt }) => Date.parse(updatedAt) <= until.getTime());
    const latest = await this.parts.states.latest(source, settled.map(({ externalId }) => externalId));
    const fresh = settled.filter(({ externalId, updatedAt }) => isLater(updatedAt, latest.get(externalId) ?? new Date(0).toISOString()));
    // All are handed on before the first is stored, so that they keep their order.
    const outcomes = await Promise.all(fresh.map((ticket) => this.tellOne(ticket, readable, latest.has(ticket.externalId))));
    await this.parts.states.note(fresh.map(({ externalId, updatedAt }) => ({ source, externalId, updatedAt })));
    for (const outcome of outcomes) reconciledTotal.inc({ source, outcome });
    if (fresh.length < settled.length) reconciledTotal.inc({ source, outcome: 'known' }, settled.length - fresh.length);
    return outcomes.filter((outcome) => outcome === 'found').length;
  }

  private async tellOne(ticket: ReadTicket, { source, adapter }: ReadableSource, isKnown: boolean): Promise<'found' | 'known' | 'own' | 'unusable'> {
    if (ownEventReason(ticket, { ownActors: source.ownActors, installation: this.parts.installation }) !== null) return 'own';
    // Systems tell whether a ticket is newer than the poll before; some webhook may have brought it all the same.
    const told: ReadTicket = isKnown && ticket.change === 'created' ? { ...ticket, change: 'updated' } : ticket;
    try {
      const event: EventOf<'handoff.ticket.received.v1'> = toldEvent({
        source, adapter, ticket: told, payload: ticket.payload, key: stateKey(ticket.externalId, ticket.updatedAt), isCopy: isCopy(ticket, { copiesOnly: source.copiesOnly, installation: this.parts.installation }), traceparent: traceParentOf(undefined), receivedAt: this.parts.clock.now(),
      });
      return (await this.parts.acceptor.accept(event)).duplicate ? 'known' : 'found';
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      // It would be the same at every poll, and the others must not wait for it.
      this.logger.warn({ source: source.source, externalId: ticket.externalId, code: error.code, detail: error.detail }, 'A ticket that a poll read makes no event, and is left out.');
      return 'unusable';
    }
  }
}

async function* inSteps(tickets: AsyncIterable<ReadTicket> | undefined): AsyncGenerator<readonly ReadTicket[]> {
  let step: ReadTicket[] = [];
  try {
    for await (const ticket of tickets ?? []) {
      step.push(ticket);
      if (step.length < TICKETS_A_STEP) continue;
      yield step;
      step = [];
    }
  } catch (error) {
    // What was read before it is told all the same.
    if (step.length > 0) yield step;
    throw error;
  }
  if (step.length > 0) yield step;
}
