import type { Area, Instant } from '@handoff/contracts';
import type { ComparedField, Decision, Difference } from '@handoff/matrix';
import type { TicketState } from '../tickets/ticket.js';

/** What of a decision a comparison shows. */
export type DecisionBrief = Pick<Decision, 'queue' | 'responsible' | 'firstContact' | 'row'>;

export interface ChangedTicket {
  readonly ticketId: string;
  readonly source: string;
  readonly externalId: string;
  readonly subject: string | null;
  readonly area: Area | null;
  readonly changed: readonly ComparedField[];
  readonly before: DecisionBrief;
  readonly after: DecisionBrief;
}

export interface Comparison {
  /** The version that is active, on the left. */
  readonly before: string;
  readonly after: string;
  readonly since: Instant;
  /** How many tickets were decided by both. */
  readonly tickets: number;
  readonly changed: number;
  /** `false`: there were more tickets than are compared at once; the older ones were left out. */
  readonly isComplete: boolean;
  /** Of the changed tickets, from which queue to which, the most frequent first. */
  readonly byQueue: readonly { readonly from: string; readonly to: string; readonly tickets: number }[];
  /** Pairs of queues that were left out because there are too many. */
  readonly byQueueLeftOut: number;
  readonly byField: readonly { readonly field: ComparedField; readonly tickets: number }[];
  /** The first of the changed tickets, the last decided first. */
  readonly byTicket: readonly ChangedTicket[];
}

const PAIRS_MAX = 500;

/** Counts differences as they come, in memory that does not grow with the tickets. */
export class ComparisonTally {
  private tickets = 0;
  private changed = 0;
  private readonly pairs = new Map<string, { readonly from: string; readonly to: string; tickets: number }>();
  private readonly fields = new Map<ComparedField, number>();
  private readonly shown: ChangedTicket[] = [];

  constructor(private readonly ticketsShownMax: number) {}

  get count(): number {
    return this.tickets;
  }

  add(state: TicketState, difference: Difference | null): void {
    this.tickets += 1;
    if (difference === null) return;
    const { before, after, changed } = difference;
    this.changed += 1;
    const key = JSON.stringify([before.queue, after.queue]);
    const pair = this.pairs.get(key) ?? { from: before.queue, to: after.queue, tickets: 0 };
    pair.tickets += 1;
    this.pairs.set(key, pair);
    for (const field of changed) this.fields.set(field, (this.fields.get(field) ?? 0) + 1);
    if (this.shown.length < this.ticketsShownMax) this.shown.push(changedTicket(state, difference));
  }

  result(about: Pick<Comparison, 'before' | 'after' | 'since' | 'isComplete'>): Comparison {
    const pairs = [...this.pairs.values()].sort((a, b) => b.tickets - a.tickets || (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
    return {
      ...about, tickets: this.tickets, changed: this.changed,
      byQueue: pairs.slice(0, PAIRS_MAX), byQueueLeftOut: Math.max(0, pairs.length - PAIRS_MAX),
      byField: [...this.fields].map(([field, tickets]) => ({ field, tickets })).sort((a, b) => b.tickets - a.tickets), byTicket: this.shown,
    };
  }
}

function changedTicket({ ticketId, source, externalId, subject, area }: TicketState, { before, after, changed }: Difference): ChangedTicket {
  return { ticketId, source, externalId, subject: subject ?? null, area: area ?? null, changed, before: brief(before), after: brief(after) };
}

function brief({ queue, responsible, firstContact, row }: Decision): DecisionBrief {
  return { queue, responsible, firstContact, row };
}
