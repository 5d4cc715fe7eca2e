import { type Clock, Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { EventAcceptor } from '../accept/event-acceptor.js';
import type { ReportedTicket } from '../adapters/adapter.js';
import { ApiBusy, ApiRefused, type ReadTicket, stateKey } from '../adapters/source-api.js';
import { type ReadableSource, readContextOf, type SourceApis } from '../call-source-api/source-apis.js';
import { isCopy, ownEventReason } from '../receive-webhook/own-event.decision.js';
import { toldEvent } from '../receive-webhook/reported-event.js';
import type { SourceStore } from '../sources/source.store.js';
import type { ToldStates } from '../ticket-states/told-states.js';
import { type Completion, laterOf } from './completion.js';
import type { CompletionOutcome } from './next-attempt.decision.js';

export interface CompleteTicketParts {
  readonly sources: Pick<SourceStore, 'find'>;
  readonly apis: Pick<SourceApis, 'of'>;
  readonly acceptor: Pick<EventAcceptor, 'accept'>;
  readonly told: Pick<ToldStates, 'add'>;
  /** Its name is in the marks of texts that Handoff wrote into systems. */
  readonly installation: string;
  readonly clock: Clock;
}

/**
 * Reads a ticket from its system and tells the whole of it, as an event whose id follows from the state that was read:
 * whoever reads or hears that state again says the same.
 */
export class CompleteTicketHandler {
  private readonly logger = new Logger(CompleteTicketHandler.name);

  constructor(private readonly parts: CompleteTicketParts) {}

  /** Never rejects. */
  async complete(completion: Completion): Promise<CompletionOutcome> {
    try {
      const found = await this.parts.sources.find(completion.source);
      const readable = found === null ? null : this.parts.apis.of(found);
      if (readable === null) return { code: 'refused', problem: 'The source has no access to its system any more.' };
      const ticket = await readable.api.complete(thinTicketOf(completion), readContextOf(readable, this.parts.clock.now()));
      return ticket === null ? { code: 'missing' } : await this.tell(ticket, completion, readable);
    } catch (error) {
      return this.failed(error, completion);
    }
  }

  private async tell(read: ReadTicket, { occurredAt, traceparent }: Completion, { source, adapter }: ReadableSource): Promise<CompletionOutcome> {
    // Some systems date an event after the change that it tells of: what was read then must not count as older than its webhook.
    const ticket: ReadTicket = { ...read, occurredAt: laterOf(read.occurredAt, occurredAt) };
    // Who changed it last need not be who caused the webhook: only what is our own text is left out.
    if (ownEventReason(ticket, { ownActors: [], installation: this.parts.installation }) !== null) return { code: 'own' };
    const key = stateKey(ticket.externalId, ticket.updatedAt);
    const event = toldEvent({ source, adapter, ticket, payload: ticket.payload, key, isCopy: isCopy(ticket, { copiesOnly: source.copiesOnly, installation: this.parts.installation }), traceparent, receivedAt: this.parts.clock.now() });
    const { duplicate } = await this.parts.acceptor.accept(event);
    if (source.reconcileEverySeconds !== null) this.parts.told.add({ source: source.source, externalId: ticket.externalId, updatedAt: ticket.updatedAt });
    return { code: duplicate ? 'known' : 'completed' };
  }

  private failed(error: unknown, { source, externalId }: Completion): CompletionOutcome {
    if (error instanceof ApiRefused) return { code: 'refused', problem: error.message };
    if (error instanceof ApiBusy) return { code: 'later', problem: error.message, retryAfterMs: error.retryAfterMs };
    if (error instanceof Problem) return ofProblem(error);
    this.logger.error({ err: error, source, externalId }, 'A ticket could not be completed.');
    return { code: 'later', problem: 'Something went wrong here; the log has the details.', retryAfterMs: null };
  }
}

/** What is known of the ticket is told already; its comment must not be told twice. */
function thinTicketOf({ externalId, externalUrl, change, occurredAt, fields }: Completion): ReportedTicket {
  return { externalId, externalUrl, change: change === 'created' ? 'created' : 'updated', occurredAt, fields, isThin: true };
}

function ofProblem({ status, code, detail }: Problem): CompletionOutcome {
  if (status >= 500) return { code: 'later', problem: detail, retryAfterMs: null };
  return { code: 'refused', problem: `What was read makes no event (${code}): ${detail}` };
}
