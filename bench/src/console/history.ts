import { type EventOf, type EventType, GOLDEN_EVENTS, type HandoffEvent, nameBasedId, ticketIdOf } from '@handoff/contracts';
import { destinations, directory } from '../load/directory.js';
import { dice, type Dice } from '../matrix/dice.js';

/** What happened to tickets in the days before a moment: the same for the same moment and count. */
export interface HistoryPlan {
  readonly tickets: number;
  /** When it ends. */
  readonly until: Date;
}

/** Of all tickets of a plan those from this number on, and before that one. */
export interface Part {
  readonly from: number;
  readonly before: number;
}

export const SOURCE = 'bench';
export const HISTORY_DAYS = 90;
/** Words that stand in many subjects, and how many subjects of a hundred have them. */
export const COMMON_WORDS = { sign: 30, invoice: 15, slow: 5, export: 1 } as const;
/** There are so many words that each stand in few subjects. */
const RARE_WORDS = 20_000;
const SEED = 20_260_909;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const SEVERITIES = ['A', 'B', 'B', 'C', null] as const;
const TARGET_HOURS = { A: 1, B: 4, C: 24 } as const;
const CLOSED_PERCENT = 55;
const SUBJECTS = ['Users cannot reach the portal since this morning', 'The page stays white after an update', 'Question about the terms of the contract', 'Seats were not assigned to two colleagues'] as const;

interface Ticket {
  readonly number: number;
  readonly ticketId: string;
  readonly openedAtMs: number;
  readonly isClosed: boolean;
  readonly hasTarget: boolean;
  readonly event: HandoffEvent;
}

/**
 * The events, in the order of their tickets. Every ticket has a decision, or is only received; some of them were told of and
 * acknowledged. Of a hundred tickets 55 are closed, and of the others half have a response target, most of them missed.
 */
export function* historyOf(plan: HistoryPlan, { from, before }: Part = { from: 0, before: plan.tickets }): Generator<HandoffEvent> {
  const make = ticketMaker(plan);
  for (let number = from; number < before; number += 1) {
    const ticket = make(number);
    yield ticket.event;
    yield* aftermathOf(ticket);
  }
}

/** The word that so many tickets have, one in 20,000, of a ticket. */
export function rareWordOf(number: number): string {
  return `zq${(number % RARE_WORDS).toString(36).padStart(3, '0')}x`;
}

/** A ticket that comes now, decided at once. */
export function ticketNow(number: number, at: Date): EventOf<'handoff.ticket.routed.v1'> {
  const externalId = `LIVE-${number}`;
  return decided({ number, ticketId: ticketIdOf(SOURCE, externalId), externalId, at: at.toISOString(), chance: dice(SEED - 1 - number), change: 'created', targetHours: 4 });
}

function ticketMaker({ tickets, until }: HistoryPlan): (number: number) => Ticket {
  const beginMs = until.getTime() - HISTORY_DAYS * DAY_MS;
  return (number) => {
    const chance = dice(SEED + number);
    const openedAtMs = Math.round(beginMs + ((number + 0.5) / tickets) * HISTORY_DAYS * DAY_MS);
    const at = new Date(openedAtMs).toISOString();
    const externalId = `N-${String(number).padStart(7, '0')}`;
    const ticketId = ticketIdOf(SOURCE, externalId);
    const isClosed = chance.below(100) < CLOSED_PERCENT;
    const hasTarget = chance.oneIn(2);
    const event = number % 25 === 11
      ? received(ticketId, externalId, at, subjectOf(number, chance))
      : decided({ number, ticketId, externalId, at, chance, change: isClosed ? 'closed' : 'created', targetHours: hasTarget ? null : 0 });
    return { number, ticketId, openedAtMs, isClosed, hasTarget, event };
  };
}

/** One ticket of ten is acknowledged or told of, one of fifty had a message that failed. */
function* aftermathOf({ number, ticketId, openedAtMs, isClosed }: Ticket): Generator<HandoffEvent> {
  const at = new Date(openedAtMs + HOUR_MS / 2).toISOString();
  if (number % 10 === 3) yield isClosed || number % 20 === 3
    ? like('handoff.notification.delivered.v1', ticketId, at, { notificationId: nameBasedId('notification', String(number)), deliveredAt: at })
    : like('handoff.ticket.acknowledged.v1', ticketId, at, { ticketVersion: 2, acknowledgedAt: at });
  if (number % 50 === 7) yield like('handoff.notification.failed.v1', ticketId, at, { notificationId: nameBasedId('notification', String(number)), failedAt: at });
}

interface DecidedPlan {
  readonly number: number;
  readonly ticketId: string;
  readonly externalId: string;
  readonly at: string;
  readonly chance: Dice;
  readonly change: 'created' | 'closed';
  /** `null`: by severity; 0: there is no target. */
  readonly targetHours: number | null;
}

const WORLD = directory();
const QUEUES = destinations(WORLD);

function decided({ number, ticketId, externalId, at, chance, change, targetHours }: DecidedPlan): EventOf<'handoff.ticket.routed.v1'> {
  const { data } = GOLDEN_EVENTS['handoff.ticket.routed.v1'] as EventOf<'handoff.ticket.routed.v1'>;
  const severity = chance.pick(SEVERITIES);
  const { offerId, customerId } = chance.pick(WORLD.subscriptions);
  const destination = destinationOf(chance);
  const party = partyOf(destination);
  const other = partyOf(chance.pick(QUEUES));
  const hours = targetHours ?? TARGET_HOURS[severity ?? 'C'];
  return like('handoff.ticket.routed.v1', ticketId, at, {
    change, decidedAt: at, acknowledgeBy: hours === 0 ? null : new Date(Date.parse(at) + hours * HOUR_MS).toISOString(),
    ticket: { ...data.ticket, source: SOURCE, externalId, externalUrl: `https://desk.partner.example/tickets/${externalId}`, subject: subjectOf(number, chance), severity, offerId, customerId },
    decision: { ...data.decision, queue: destination, responsible: party, firstContact: party, informed: [other], escalation: [party] },
    recipients: [{ ...data.recipients[0], purpose: 'act', party, destination } as (typeof data.recipients)[number]],
  });
}

/** Some queues have many more tickets than others: the first tenth of them has half of all. */
function destinationOf(chance: Dice): string {
  return chance.oneIn(2) ? QUEUES[chance.below(Math.ceil(QUEUES.length / 10))] ?? '' : chance.pick(QUEUES);
}

function partyOf(destination: string): { readonly role: 'isv-publisher' | 'indirect-reseller'; readonly partyId: string } {
  const [kind, partyId = ''] = destination.split('/');
  return { role: kind === 'isv' ? 'isv-publisher' : 'indirect-reseller', partyId };
}

function subjectOf(number: number, chance: Dice): string {
  const common = Object.entries(COMMON_WORDS).filter(([, percent]) => chance.below(100) < percent).map(([word]) => word);
  return [chance.pick(SUBJECTS), ...common, rareWordOf(number), number].join(' ');
}

function received(ticketId: string, externalId: string, at: string, subject: string): EventOf<'handoff.ticket.received.v1'> {
  return like('handoff.ticket.received.v1', ticketId, at, { source: SOURCE, sourceParty: null, externalId, externalUrl: null, change: 'created', occurredAt: at, ticket: { subject, area: 'break-fix', asker: 'customer', offerId: 'offer-1', customerId: 'customer-1' } });
}

/** An event as the golden one of its type, about another ticket. */
function like<T extends EventType>(type: T, ticketId: string, time: string, data: Partial<EventOf<T>['data']>): EventOf<T> {
  const golden = GOLDEN_EVENTS[type] as EventOf<T>;
  return { ...golden, id: nameBasedId(type, ticketId, time), time, subject: ticketId, data: { ...golden.data, ticketId, ...data } };
}
