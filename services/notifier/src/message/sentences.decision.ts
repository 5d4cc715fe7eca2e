import type { TicketRouted } from '@handoff/contracts';
import type { Notification, Told } from '../notification/notification.js';
import { oneLine } from './clean-text.js';
import { isSameParty, type Words } from './texts/words.js';

const NAME_LENGTH_MAX = 256;
const NUMBER_LENGTH_MAX = 64;

type News = 'new' | 'moved' | 'updated' | 'commented' | 'closed';

/** What happened, seen from this contact. */
export function headlineOf({ purpose }: Notification, routed: Told, words: Words): string {
  return routed.escalation === undefined ? words.text(`headline.${purpose}.${newsOf(routed)}`) : words.text(`headline.${routed.escalation}`);
}

/** Whose turn it is. */
export function turnOf(notification: Notification, routed: Told, words: Words): string[] {
  const { responsible, accountable, handsOver } = routed.decision;
  const you = notification.addressee.party;
  if (routed.change === 'closed') return [words.text('turn.closed')];
  if (routed.escalation !== undefined && routed.escalation !== 'reminder') return escalatedTurn(notification, routed, words);
  const party = words.party(responsible, routed);
  if (notification.purpose === 'inform') return [responsible === null ? words.text('turn.nobody') : words.say('turn.of', { party })];
  const shared = (): string => (accountable === null ? words.say('turn.shared', { parties: party }) : words.say('turn.shared.accountable', { parties: party, accountable: words.party(accountable, routed) }));
  return [
    notification.partyName === null ? words.text('turn.yours') : words.say('turn.yours.named', { name: nameOf(notification.partyName) }),
    ...(notification.purpose === 'hand-over' || responsible === null || isResponsible(notification, routed) ? [] : [words.say('turn.first-contact', { party })]),
    ...(responsible?.role === 'shared' ? [shared()] : []),
    ...(handsOver === null || isSameParty(handsOver, you) ? [] : [words.say('turn.hands-over', { party: words.party(handsOver, routed) })]),
  ];
}

/** Whether the contact's party is responsible, alone or with others. */
export function isResponsible({ addressee }: Notification, { decision: { responsible } }: TicketRouted): boolean {
  return responsible !== null && [responsible, ...(responsible.parties ?? [])].some((party) => isSameParty(party, addressee.party));
}

/** The ticket stays where it is; whoever is asked now sees to it that somebody works on it. */
function escalatedTurn({ partyName }: Notification, routed: Told, words: Words): string[] {
  const party = words.party(routed.decision.firstContact ?? routed.decision.responsible, routed);
  return [
    partyName === null ? words.text('turn.yours-now') : words.say('turn.yours-now.named', { name: nameOf(partyName) }),
    routed.acknowledgeBy == null ? words.say('turn.missed', { party }) : words.say('turn.missed.by', { party, time: words.time(routed.acknowledgeBy) }),
  ];
}

/** What this contact should do now. */
export function toDoOf(notification: Notification, routed: Told, words: Words): string[] {
  const { ticket, change } = routed;
  if (change === 'closed') return [];
  switch (notification.purpose) {
    case 'inform': return [words.text('to-do.nothing')];
    case 'hand-over': return [...acknowledgeStep(routed, words), ...handOverSteps(words)];
    case 'act': return [
      ...acknowledgeStep(routed, words),
      words.say('to-do.open', { number: oneLine(ticket.externalId, NUMBER_LENGTH_MAX), source: oneLine(ticket.source, NAME_LENGTH_MAX) }),
      words.text(ticket.asker === 'customer' ? 'to-do.answer-customer' : 'to-do.answer-asker'),
      ...(routed.decision.documents.length === 0 ? [] : [words.text('to-do.documents')]),
      ...escalationStep(notification, routed, words),
      ...(isToHandOver(notification, routed) ? handOverSteps(words) : []),
    ];
  }
}

/** Whether this contact opens a service request with Microsoft, alone or beside its own work. */
export function isToHandOver({ purpose, addressee }: Notification, { change }: TicketRouted): boolean {
  return change !== 'closed' && purpose !== 'inform' && (purpose === 'hand-over' || addressee.purposes.includes('hand-over'));
}

function handOverSteps(words: Words): string[] {
  return [words.text('hand-over.request'), words.text('hand-over.number')];
}

function acknowledgeStep({ escalation, acknowledgeBy }: Told, words: Words): string[] {
  if (escalation === 'reminder') return [acknowledgeBy == null ? words.text('to-do.acknowledge-soon') : words.say('to-do.acknowledge-by', { time: words.time(acknowledgeBy) })];
  return escalation === undefined ? [] : [words.text('to-do.acknowledge')];
}

/** Who comes after the contact's party. A publisher escalates to its own engineering, which it knows better than we do. */
function escalationStep({ addressee }: Notification, { decision, recipients }: TicketRouted, words: Words): string[] {
  const { escalation, firstContact } = decision;
  const own = escalation.findLastIndex((party) => isSameParty(party, addressee.party));
  const next = escalation.slice(own + 1).find((party) => firstContact === null || !isSameParty(party, firstContact));
  return next === undefined ? [] : [words.say('to-do.escalate', { party: words.party(next, { recipients }) })];
}

function newsOf({ change, previousQueue, decision }: TicketRouted): News {
  if (change === 'closed') return 'closed';
  if (previousQueue === null) return 'new';
  if (previousQueue !== decision.queue) return 'moved';
  return change === 'created' ? 'new' : change;
}

function nameOf(partyName: string): string {
  return oneLine(partyName, NAME_LENGTH_MAX);
}
