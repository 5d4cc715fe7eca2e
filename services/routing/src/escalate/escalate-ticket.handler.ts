import { type EventOf, nameBasedId, type Recipient, type TicketEscalated } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { DirectorySlice } from '../directory/directory.js';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { escalationRecipient, recipientsOf } from '../route-ticket/recipients.decision.js';
import { snapshotOf } from '../route-ticket/route-ticket.decision.js';
import { sendingOf, storedSourceReaderOf } from '../route-ticket/source-reader.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import type { Ticket } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import { type Escalation, escalationDue } from './escalate.decision.js';
import type { TimerStore } from './timer.store.js';

export interface EscalateTicketPorts {
  readonly timers: TimerStore;
  readonly tickets: TicketStore;
  readonly directory: DirectoryStore;
  readonly clock: Clock;
}

const POSTPONED_MS = 1_000;

export type EscalationOutcome = Escalation['step'] | 'postponed' | 'nothing';

/** Takes the step that is due for a ticket: the ticket, its next timer and the event are written in one transaction. */
export class EscalateTicketHandler {
  constructor(private readonly ports: EscalateTicketPorts) {}

  /** @param ticketId of a ticket that is locked and whose timer is due. */
  async handle(ticketId: string, tx: Transaction): Promise<EscalationOutcome> {
    const { timers, tickets, directory, clock } = this.ports;
    const now = clock.now();
    // What we say of a ticket must not overtake what another instance has said of it and not published yet.
    if (await timers.isUnpublished(tx, ticketId)) {
      await timers.postpone(tx, ticketId, new Date(now.getTime() + POSTPONED_MS));
      return 'postponed';
    }
    const ticket = (await tickets.lock(tx, [ticketId])).get(ticketId);
    if (ticket?.response === undefined) return 'nothing';
    const slice = await directory.slice(tx, keysOf([withDefaults(ticket.state)]));
    const escalation = escalationDue({ response: ticket.response, decision: ticket.decision, calendars: slice.calendars, now: now.toISOString() });
    if (escalation === null) return 'nothing';
    const saved: Ticket = { ...ticket, response: escalation.response, version: ticket.version + 1, updatedAt: now.toISOString() };
    await tickets.save(tx, [saved], []);
    await tx.outbox.add([escalatedEvent(saved, escalation, { recipients: recipientsFor(ticket, escalation, slice), ...(escalation.step === 'reminder' ? {} : { forSource: storedSourceReaderOf(ticket, slice) }) })]);
    return escalation.step;
  }
}

/** The contacts as the directory has them now. */
function recipientsFor(ticket: Ticket, { reminded, party }: Escalation, directory: DirectorySlice): readonly Recipient[] {
  const sending = sendingOf(ticket, directory);
  if (party === null) return recipientsOf(sending).filter(({ destination }) => reminded.includes(destination));
  const found = escalationRecipient(sending, party);
  return found === null ? [] : [found];
}

function escalatedEvent({ state, version, decision, response, updatedAt }: Ticket, { step }: Escalation, told: Pick<TicketEscalated, 'recipients' | 'forSource'>): EventOf<'handoff.ticket.escalated.v1'> {
  const type = 'handoff.ticket.escalated.v1';
  return {
    id: nameBasedId(type, state.ticketId, String(version)), type, source: '/handoff/routing', subject: state.ticketId, time: updatedAt, traceparent: null,
    data: {
      ticketId: state.ticketId, ticketVersion: version, step, escalatedAt: updatedAt, acknowledgeBy: response?.acknowledgeBy ?? updatedAt, nextStepAt: response?.next?.at ?? null,
      ticket: snapshotOf(withDefaults(state), null), decision, ...told,
    },
  };
}
