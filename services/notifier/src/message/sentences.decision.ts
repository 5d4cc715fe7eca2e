import type { Party, ServiceRequestStatus, TicketRouted } from '@handoff/contracts';
import type { Notification, Told } from '../notification/notification.js';
import { oneLine } from './clean-text.js';
import { isSameParty, type Words } from './texts/words.js';

const NAME_LENGTH_MAX = 256;
const NUMBER_LENGTH_MAX = 64;
const CSP_PARTNERS: readonly Party['role'][] = ['direct-bill-partner', 'indirect-provider', 'indirect-reseller'];

type News = 'new' | 'moved' | 'updated' | 'commented' | 'closed';

/** Who must act has to know for whom; of those only informed, the customer's own CSP partners know it anyway. */
export function maySeeCustomer({ purpose, addressee }: Notification): boolean {
  return purpose !== 'inform' || (addressee.party !== null && CSP_PARTNERS.includes(addressee.party.role));
}

/** What happened, seen from this contact. */
export function headlineOf(notification: Notification, routed: Told, words: Words): string {
  const news = maySeeCustomer(notification) ? serviceRequestNews(routed) : null;
  if (news !== null) return words.say(news.key, { number: news.number });
  return routed.escalation === undefined ? words.text(`headline.${notification.purpose}.${newsOf(routed)}`) : words.text(`headline.${routed.escalation}`);
}

/** What is told of the service request at Microsoft; `null` where the message is about something else. */
function serviceRequestNews({ cause, change, ticket, previousQueue, decision }: Told): { readonly key: `headline.service-request.${'opened' | ServiceRequestStatus}`; readonly number: string } | null {
  const request = ticket.serviceRequest;
  if (request === undefined || change !== 'updated' || previousQueue !== decision.queue) return null;
  const number = oneLine(request.number, NUMBER_LENGTH_MAX);
  if (cause === 'service-request-opened') return { key: 'headline.service-request.opened', number };
  return cause === 'service-request-changed' && request.status !== null ? { key: `headline.service-request.${request.status}`, number } : null;
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
    case 'hand-over': return [...acknowledgeStep(routed, words), ...handOverSteps(notification, routed, words)];
    case 'act': return [
      ...acknowledgeStep(routed, words),
      words.say('to-do.open', { number: oneLine(ticket.externalId, NUMBER_LENGTH_MAX), source: oneLine(ticket.source, NAME_LENGTH_MAX) }),
      words.text(ticket.asker === 'customer' ? 'to-do.answer-customer' : 'to-do.answer-asker'),
      ...(routed.decision.documents.length === 0 ? [] : [words.text('to-do.documents')]),
      ...escalationStep(notification, routed, words),
      ...(notification.addressee.purposes.includes('hand-over') ? handOverSteps(notification, routed, words) : []),
    ];
  }
}

/** Whether this contact is still to open a service request with Microsoft, alone or beside its own work. */
export function isToHandOver({ purpose, addressee }: Notification, { change, ticket }: TicketRouted): boolean {
  return change !== 'closed' && purpose !== 'inform' && ticket.serviceRequest === undefined && (purpose === 'hand-over' || addressee.purposes.includes('hand-over'));
}

function handOverSteps(notification: Notification, routed: Told, words: Words): string[] {
  if (isToHandOver(notification, routed)) return [words.text('hand-over.request'), words.text('hand-over.number')];
  const { serviceRequest, externalId, source } = routed.ticket;
  const number = oneLine(serviceRequest?.number ?? '', NUMBER_LENGTH_MAX);
  if (serviceRequest?.status === 'closed') return [words.say('hand-over.closed', { number: oneLine(externalId, NUMBER_LENGTH_MAX), source: oneLine(source, NAME_LENGTH_MAX) })];
  return [words.say(serviceRequest?.status === 'attention-needed' ? 'hand-over.answer' : 'hand-over.follow', { number })];
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
