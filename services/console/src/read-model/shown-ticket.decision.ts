import type { Party } from '@handoff/contracts';
import type { RoutedPart, ShownState, TicketFacts, TicketRow } from './ticket-row.js';

/** A ticket as lists show it. */
export interface ShownTicket extends TicketFacts {
  readonly ticketId: string;
  /** 0: not decided yet. */
  readonly ticketVersion: number;
  /** `null`: not decided yet. */
  readonly queue: string | null;
  readonly state: ShownState;
  readonly responsible: Party | null;
  /** Destinations that have it now: who acknowledged, else who was asked last. */
  readonly hasIt: readonly string[];
  readonly partners: readonly string[];
  readonly acknowledgeBy: string | null;
  /** `acknowledgeBy` while somebody is waited for. */
  readonly dueAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  readonly escalationStep: string | null;
  readonly nextStepAt: string | null;
  readonly attachedTo: string | null;
  readonly undelivered: number;
  readonly openedAt: string;
  readonly changedAt: string;
}

/** `null` where nothing but messages about it is known yet. */
export function shownTicketOf(row: TicketRow): ShownTicket | null {
  const { ticketId, told, routed, undelivered, changedAt } = row;
  const facts = routed?.facts ?? told?.facts;
  if (facts === undefined) return null;
  const state = stateOf(row);
  const decided = routed === null ? UNDECIDED : decidedOf(routed);
  const isAwaited = state === 'waiting' || state === 'escalated';
  return {
    ticketId, ...NOTHING_TOLD, ...facts, ...decided, state, dueAt: isAwaited ? decided.acknowledgeBy : null, nextStepAt: state === 'escalated' ? decided.nextStepAt : null,
    undelivered, openedAt: told?.receivedAt ?? routed?.decidedAt ?? changedAt, changedAt,
  };
}

const NOTHING_TOLD = { subject: null, severity: null, area: null, offerId: null, customerId: null } as const;

type DecidedFacts = Pick<ShownTicket, 'ticketVersion' | 'queue' | 'responsible' | 'hasIt' | 'partners' | 'acknowledgeBy' | 'acknowledgedAt' | 'acknowledgedBy' | 'escalationStep' | 'nextStepAt' | 'attachedTo'>;

const UNDECIDED: DecidedFacts = { ticketVersion: 0, queue: null, responsible: null, hasIt: [], partners: [], acknowledgeBy: null, acknowledgedAt: null, acknowledgedBy: null, escalationStep: null, nextStepAt: null, attachedTo: null };

function decidedOf(routed: RoutedPart): DecidedFacts {
  const { version, queue, responsible, partners, acknowledgeBy, acknowledged, escalated, attachedTo } = routed;
  return {
    ticketVersion: version, queue, responsible, hasIt: hasItOf(routed), partners, acknowledgeBy, acknowledgedAt: acknowledged?.at ?? null, acknowledgedBy: acknowledged?.by ?? acknowledged?.party ?? null,
    escalationStep: escalated?.step ?? null, nextStepAt: escalated?.nextStepAt ?? null, attachedTo,
  };
}

function stateOf({ told, routed }: TicketRow): ShownState {
  if (routed === null) return told?.isClosed === true ? 'closed' : 'received';
  if (routed.isClosed) return 'closed';
  if (routed.acknowledged !== null) return 'acknowledged';
  return routed.escalated === null ? 'waiting' : 'escalated';
}

function hasItOf({ acknowledged, escalated, asked }: RoutedPart): readonly string[] {
  if (acknowledged?.party != null) return [acknowledged.party];
  const last = escalated?.destinations ?? [];
  return last.length > 0 ? last : asked;
}

/** What a ticket counts as in the numbers of its queue; `null`: in none. */
export interface Counted {
  /** '': not decided yet. */
  readonly queue: string;
  readonly severityRank: number;
  readonly state: ShownState;
}

export function countedOf(shown: ShownTicket): Counted {
  return { queue: shown.queue ?? '', severityRank: severityRankOf(shown.severity), state: shown.state };
}

/** Whether somebody is waited for whose response target was before a moment. In whole ms, as the moment is. */
export function isOverdue({ dueAt }: Pick<ShownTicket, 'dueAt'>, mark: Date): boolean {
  return dueAt !== null && Date.parse(dueAt) < mark.getTime();
}

const SEVERITY_RANKS = { A: 1, B: 2, C: 3 } as const;
const UNKNOWN_SEVERITY_RANK = 4;

/** The worst first; an unknown severity comes last. */
export function severityRankOf(severity: TicketFacts['severity']): number {
  return severity === null ? UNKNOWN_SEVERITY_RANK : SEVERITY_RANKS[severity];
}

export function severityOfRank(rank: number): TicketFacts['severity'] {
  return (['A', 'B', 'C'] as const)[rank - 1] ?? null;
}
