import type { EscalationStep, TicketRouted } from '@handoff/contracts';
import type { Notification, Purpose, Told } from '../notification/notification.js';
import { areaWords, isSameParty, oneLine, partyWords, severityWords } from './words.js';

type News = 'new' | 'moved' | TicketRouted['change'];

const HEADLINES: Readonly<Record<Purpose, Readonly<Record<News, string>>>> = {
  act: {
    new: 'A new ticket is yours to act on.', created: 'A new ticket is yours to act on.', moved: 'A ticket has come to you.',
    updated: 'A ticket that is with you was updated.', commented: 'A ticket that is with you has a new comment.', closed: 'A ticket that was with you is closed.',
  },
  'hand-over': {
    new: 'A ticket needs you to hand it over to Microsoft.', created: 'A ticket needs you to hand it over to Microsoft.', moved: 'A ticket has come to you, to be handed over to Microsoft.',
    updated: 'A ticket that you hand over to Microsoft was updated.', commented: 'A ticket that you hand over to Microsoft has a new comment.', closed: 'A ticket that was yours to hand over to Microsoft is closed.',
  },
  inform: {
    new: 'For your information: there is a new ticket.', created: 'For your information: there is a new ticket.', moved: 'For your information: a ticket has moved.',
    updated: 'For your information: a ticket was updated.', commented: 'For your information: a ticket has a new comment.', closed: 'For your information: a ticket is closed.',
  },
};

const ESCALATION_HEADLINES: Readonly<Record<EscalationStep, string>> = {
  reminder: 'Reminder: nobody has acknowledged a ticket that is with you.',
  'next-party': 'A ticket comes to you, because nobody has acknowledged it in time.',
  accountable: 'A ticket of a customer of yours comes to you, because nobody has acknowledged it in time.',
  operations: 'A ticket is overdue: nobody has acknowledged it in time.',
};

/** What happened, seen from this contact. */
export function headlineOf({ purpose }: Notification, routed: Told): string {
  if (routed.escalation !== undefined) return ESCALATION_HEADLINES[routed.escalation];
  return HEADLINES[purpose][newsOf(routed)];
}

/** Whose turn it is, and why this contact hears of it. */
export function turnOf(notification: Notification, routed: Told): string[] {
  const { responsible, accountable, handsOver } = routed.decision;
  const you = notification.addressee.party;
  if (routed.change === 'closed') return ['Nobody needs to act: the ticket is closed in its own system.'];
  const isYours = [responsible, ...(responsible?.parties ?? [])].some((party) => party !== null && isSameParty(party, you));
  if (routed.escalation !== undefined && routed.escalation !== 'reminder') return escalatedTurn(notification, routed);
  const responsibleWords = partyWords(responsible, routed);
  if (notification.purpose === 'inform') return [`It is the turn of ${responsibleWords}. You are told because ${isYours ? 'you are responsible as well' : 'the ticket concerns you'}.`];
  if (notification.purpose === 'hand-over') return ['It is your turn. Microsoft is responsible. A customer or a reseller cannot ask Microsoft; here it is for you to do so.'];
  return [
    `It is your turn${notification.partyName === null ? '' : ` (${notification.partyName})`}.`,
    ...(isYours ? [] : [`You are the first contact; responsible is ${responsibleWords}.`]),
    ...(responsible?.role === 'shared' ? [`The work is shared: ${responsibleWords}.${accountable === null ? '' : ` Accountable is ${partyWords(accountable, routed)}.`}`] : []),
    ...(handsOver === null || isSameParty(handsOver, you) ? [] : [`Towards Microsoft, ${partyWords(handsOver, routed)} hands over.`]),
  ];
}

/** The ticket stays where it is; whoever is asked now sees to it that somebody works on it. */
function escalatedTurn({ partyName }: Notification, routed: Told): string[] {
  const by = routed.acknowledgeBy === null || routed.acknowledgeBy === undefined ? '' : ` by ${routed.acknowledgeBy}`;
  return [
    `It is your turn now${partyName === null ? '' : ` (${partyName})`}.`,
    `It was the turn of ${partyWords(routed.decision.firstContact ?? routed.decision.responsible, routed)}, who was to acknowledge it${by} and has not.`,
  ];
}

/** What this contact should do now. */
export function toDoOf(notification: Notification, routed: Told): string[] {
  const { ticket, change } = routed;
  if (change === 'closed') return [];
  const hands = notification.addressee.purposes.includes('hand-over');
  switch (notification.purpose) {
    case 'inform': return ['You need not do anything.'];
    case 'hand-over': return handOverSteps(routed);
    case 'act': return [
      ...acknowledgeStep(routed),
      `Open the ticket ${oneLine(ticket.externalId, 64)} in ${ticket.source} and read what is new.`,
      askerStep(routed),
      ...(routed.decision.documents.length === 0 ? [] : ["See whether the offer's documents below answer it."]),
      ...escalationStep(notification, routed),
      ...(hands ? handOverSteps(routed) : []),
    ];
  }
}

function handOverSteps({ ticket, decision }: TicketRouted): string[] {
  const severity = severityWords(ticket.severity);
  return [
    'Open a service request with Microsoft in Partner Center, under Help + support.',
    `As the problem type choose what is nearest to "${areaWords(ticket.area) ?? areaWords(decision.row) ?? 'other'}"${severity === null ? '' : `, as the severity ${severity}`}.`,
    `As the title use: ${oneLine(ticket.subject, 200)}`,
    'As the description use the text of the ticket below; add the ids of the customer and the subscription.',
    `Write the number of the service request into the ticket ${oneLine(ticket.externalId, 64)}, so that all can follow it.`,
  ];
}

function acknowledgeStep({ escalation, acknowledgeBy }: Told): string[] {
  if (escalation === 'reminder') return [`Acknowledge the ticket by ${acknowledgeBy ?? 'its deadline'}; after that others are asked.`];
  return escalation === undefined ? [] : ['Acknowledge the ticket, so that nobody else is asked, and see to it that somebody works on it.'];
}

function askerStep({ ticket: { asker } }: TicketRouted): string {
  return asker === 'customer' ? 'Answer the customer there, or ask there for what is missing.' : 'Answer the one who asks there, or ask there for what is missing.';
}

/** A publisher escalates to its own engineering, which it knows better than we do. */
function escalationStep({ addressee }: Notification, routed: TicketRouted): string[] {
  const next = routed.decision.escalation.find((party) => !isSameParty(party, addressee.party));
  return next === undefined ? [] : [`If you cannot resolve it, escalate to ${partyWords(next, routed)}.`];
}

function newsOf({ change, previousQueue, decision }: TicketRouted): News {
  if (change === 'closed') return 'closed';
  if (previousQueue === null) return 'new';
  return previousQueue === decision.queue ? change : 'moved';
}
