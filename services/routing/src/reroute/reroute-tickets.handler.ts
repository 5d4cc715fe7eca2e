import { nameBasedId } from '@handoff/contracts';
import type { CompiledMatrix } from '@handoff/matrix';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { rerouteTicket, saysOther } from '../route-ticket/reroute-ticket.decision.js';
import type { Routed } from '../route-ticket/route-ticket.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import type { Ticket } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import type { Rerouting, RerouteStore } from './reroute.store.js';

export interface RerouteTicketsPorts {
  readonly reroutings: RerouteStore;
  readonly tickets: TicketStore;
  readonly directory: DirectoryStore;
  readonly matrix: (tx: Transaction) => CompiledMatrix | Promise<CompiledMatrix>;
  readonly clock: Clock;
}

export interface Rerouted {
  /** Decided otherwise, and published. */
  readonly changed: number;
  /** Decided as before, closed meanwhile, or gone: nothing is said. */
  readonly unchanged: number;
  /** Their earlier events are not published yet. */
  readonly postponed: number;
}

const POSTPONED_MS = 1_000;

/** Decides tickets again by what the directory knows now, and publishes those whose decision is another one. */
export class RerouteTicketsHandler {
  constructor(private readonly ports: RerouteTicketsPorts) {}

  async handle(taken: readonly Rerouting[], tx: Transaction): Promise<Rerouted> {
    const { reroutings, tickets, directory, matrix, clock } = this.ports;
    const ids = taken.map(({ ticketId }) => ticketId);
    const locked = await tickets.lock(tx, ids);
    // Each instance publishes what it committed by a lane of its own: what we say of a ticket must not overtake what another
    // instance has said of it and not published yet. Asked under the ticket's lock, so that nothing can come in between.
    const unpublished = await reroutings.unpublished(tx, ids);
    const open = taken.flatMap((rerouting) => {
      const ticket = locked.get(rerouting.ticketId);
      return ticket === undefined || ticket.state.isClosed || unpublished.has(rerouting.ticketId) ? [] : [{ ticket, rerouting }];
    });
    const slice = await directory.slice(tx, keysOf(open.map(({ ticket }) => withDefaults(ticket.state))));
    const rules = await matrix(tx);
    const now = clock.now().toISOString();
    const changed = open
      .map(({ ticket, rerouting }) => ({ ticket, routed: rerouteTicket({ ticket, cause: causeOf(ticket, rerouting, now), directory: slice, matrix: rules, now }) }))
      .filter(({ ticket, routed }) => saysOther(ticket.decision, routed.ticket.decision))
      .map(({ routed }): Routed => routed);
    await tickets.save(tx, changed.map(({ ticket }) => ticket), changed.map(({ record }) => record));
    await tx.outbox.add(changed.flatMap(({ events }) => events));
    await reroutings.postpone(tx, [...unpublished], POSTPONED_MS);
    await reroutings.done(tx, ids.filter((id) => !unpublished.has(id)));
    return { changed: changed.length, unchanged: ids.length - changed.length - unpublished.size, postponed: unpublished.size };
  }
}

/** At one version a ticket is routed again once for an entry, so that both name the cause. */
function causeOf({ state, version }: Ticket, { kind, key }: Rerouting, at: string): Parameters<typeof rerouteTicket>[0]['cause'] {
  return { eventId: nameBasedId('directory-changed', state.ticketId, String(version), kind, key), type: 'directory-changed', at, note: `${kind}/${key}` };
}
