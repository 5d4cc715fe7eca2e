import { dice, type Dice } from '../matrix/dice.js';
import type { Directory } from './directory.js';

/** A ticket in Handoff's own format, as a partner's system posts it. */
export interface Ticket {
  readonly externalId: string;
  readonly externalUrl: string;
  readonly occurredAt: string;
  readonly subject: string;
  readonly description: string;
  readonly status: string;
  readonly area: string;
  readonly severity: 'A' | 'B' | 'C';
  readonly asker: string;
  readonly requester: { readonly name: string; readonly email: string };
  readonly offerId: string;
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly labels: readonly string[];
}

/** The source that all tickets come from. */
export const SOURCE = 'bench';
const SEED = 20_260_606;
const AT = '2026-05-04T09:30:00.000Z';
const SEVERITIES = ['A', 'B', 'B', 'C'] as const;
/** With these, each ticket is for exactly one contact, so that tickets and deliveries can be counted against each other. */
const ASKED = [
  ...['customer-billing', 'subscription-management', 'account-setup', 'payment', 'documentation', 'training'].map((area) => ({ asker: 'customer', area })),
  ...['user-support', 'break-fix', 'service-level', 'activation', 'licence-management', 'training'].map((area) => ({ asker: 'indirect-reseller', area })),
];
const SENTENCES = [
  'Since this morning nobody in our accounting department can open the product.',
  'The page stays white for about a minute and then says that the session is no longer valid.',
  'We have restarted the browsers and tried it from another network, which made no difference.',
  'The invoice of last month shows forty seats, while we agreed on thirty-two from the first of the month on.',
  'Two colleagues who joined last week do not find their licences in the portal.',
  'Please tell us until when we can expect an answer, because the month-end closing depends on it.',
];

/** Tickets about this directory, by their number: the same for the same number. */
export function ticketsOf({ subscriptions }: Directory): (number: number) => Ticket {
  return (number) => {
    const chance = dice(SEED + number);
    const { asker, area } = chance.pick(ASKED);
    const { id, customerId, offerId } = chance.pick(subscriptions);
    const externalId = externalIdOf(number);
    return {
      externalId, externalUrl: `https://desk.partner.example/tickets/${externalId}`, occurredAt: AT,
      subject: `${chance.pick(SENTENCES).slice(0, 60)} (${number})`, description: description(chance), status: 'Open',
      area, severity: chance.pick(SEVERITIES), asker, requester: { name: 'Ada Brown', email: `ada.brown@${customerId}.example` },
      offerId, customerId, subscriptionId: id, labels: ['portal', area],
    };
  };
}

export function externalIdOf(number: number): string {
  return `N-${String(number).padStart(7, '0')}`;
}

/** The number of the ticket that a message is about, wherever its external id stands; -1 where it names none. */
export function numberIn(body: string): number {
  const at = body.indexOf(EXTERNAL_ID);
  return at < 0 ? -1 : Number(body.slice(at + EXTERNAL_ID.length, at + EXTERNAL_ID.length + 7));
}

const EXTERNAL_ID = '"externalId":"N-';

function description(chance: Dice): string {
  return Array.from({ length: 6 }, () => chance.pick(SENTENCES)).join(' ');
}
