import type { EventOf, HandoffEvent } from '@handoff/contracts';
import type { CompiledMatrix } from '@handoff/matrix';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import { type Classifier, withWords } from '../classify/area.decision.js';
import type { DirectoryStore } from '../directory/directory.store.js';
import { narrowing } from '../directory/narrow-directory.js';
import type { ServiceRequestHandler } from '../service-request/service-request.handler.js';
import { mergeTicket, withDefaults } from '../tickets/merge-ticket.decision.js';
import type { DecisionRecord, Ticket, TicketState } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import { keysOf } from './question.decision.js';
import { routeTicket } from './route-ticket.decision.js';

const NONE: ReadonlySet<string> = new Set();

type Received = EventOf<'handoff.ticket.received.v1'>;

export interface RouteTicketPorts {
  readonly tickets: TicketStore;
  readonly directory: DirectoryStore;
  /** The rules for the tickets of a transaction; asked for once their rows are locked. */
  readonly matrix: (tx: Transaction) => CompiledMatrix | Promise<CompiledMatrix>;
  readonly clock: Clock;
  /** Reads the area out of the words of a ticket whose source names none. */
  readonly classifier?: Classifier | null;
  /** Whose news are told of the tickets that were handed over by them; absent: they are tickets like others. */
  readonly serviceRequests?: Pick<ServiceRequestHandler, 'readingsIn' | 'changed'>;
}

/** Load what a chunk of ticket events needs, decide each in order, save and publish. */
export class RouteTicketHandler {
  constructor(private readonly ports: RouteTicketPorts) {}

  async handle(received: readonly Received[], tx: Transaction): Promise<void> {
    const { serviceRequests } = this.ports;
    const readings = (await serviceRequests?.readingsIn(received, tx)) ?? [];
    const tickets = new Map(await this.ports.tickets.lock(tx, [...new Set([...received.map(({ data }) => data.ticketId), ...readings.flatMap(({ ticketIds }) => ticketIds)])]));
    const taken = readings.length === 0 ? NONE : ((await serviceRequests?.changed(readings, tickets, tx)) ?? NONE);
    const events = taken.size === 0 ? received : received.filter(({ id }) => !taken.has(id));
    const states = statesAfter(events, tickets, this.ports.classifier ?? null);
    const directory = await this.ports.directory.slice(tx, keysOf(states.map(({ known }) => known)));
    const narrow = narrowing(directory);
    const matrix = await this.ports.matrix(tx);
    const now = this.ports.clock.now().toISOString();
    const records: DecisionRecord[] = [];
    const outgoing: HandoffEvent[] = [];
    for (const { event, state, known } of states) {
      const routed = routeTicket({ former: tickets.get(event.data.ticketId) ?? null, event, state, directory: narrow(keysOf([known])), matrix, now });
      tickets.set(event.data.ticketId, routed.ticket);
      records.push(routed.record);
      outgoing.push(...routed.events);
    }
    await this.ports.tickets.save(tx, [...tickets.values()], records);
    await tx.outbox.add(outgoing);
  }
}

/** The state of its ticket after each event: each may refer to another part of the directory. */
function statesAfter(events: readonly Received[], tickets: ReadonlyMap<string, Ticket>, classifier: Classifier | null): { readonly event: Received; readonly state: TicketState; readonly known: TicketState }[] {
  const states = new Map([...tickets].map(([id, { state }]) => [id, state] as const));
  return events.map((event) => {
    const former = states.get(event.data.ticketId) ?? null;
    const state = withWords(mergeTicket(former, event.data), former, classifier);
    states.set(event.data.ticketId, state);
    return { event, state, known: withDefaults(state) };
  });
}
