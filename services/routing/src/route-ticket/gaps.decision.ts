import type { Decision as PublishedDecision, Gap, GapKind } from '@handoff/contracts';
import type { Decision } from '@handoff/matrix';
import type { DirectorySlice } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';
import { disputedSales } from './disputed-sale.decision.js';
import { type GapCode, gapText } from './gap-texts.decision.js';
import { sourcePartnerId, subjectOf } from './question.decision.js';

/** Events and rows carry no more than this. */
export const GAPS_MAX = 20;

type Decided = Decision | PublishedDecision;
type Party = NonNullable<PublishedDecision['firstContact']>;

interface Found {
  readonly code: GapCode;
  readonly kind: GapKind;
  readonly key: string;
  /** What the texts name beside the key. */
  readonly other?: string;
}

interface Facts {
  readonly ticket: TicketState;
  readonly directory: DirectorySlice;
  readonly decision: Decided;
  readonly subject: ReturnType<typeof subjectOf>;
}

/**
 * What a decision lacked, or what contradicts it, each with the queue in which the ticket lies meanwhile and what to do about it.
 * `ticket` is as it was decided, with its source's defaults.
 */
export function gapsOf(ticket: TicketState, directory: DirectorySlice, decision: Decided): Gap[] {
  const facts: Facts = { ticket, directory, decision, subject: subjectOf(ticket, directory) };
  // Nothing that anybody could enter would make this cloud one that is served.
  const found = hasReason(decision, 'cloud-not-served')
    ? [{ code: 'cloud-not-served', kind: 'ticket', key: 'cloud' } as const]
    : [...classification(facts), ...unknownEntries(facts), ...disputes(facts), ...publisherGaps(facts), ...partnerGaps(facts)];
  const named = found.length === 0 && decision.queue === 'unassigned' ? [{ code: 'nobody-named', kind: 'ticket', key: 'area' } as const] : found;
  const distinct = new Map(named.map((gap) => [`${gap.code} ${gap.kind} ${gap.key}`, gap] as const));
  return [...distinct.values()].slice(0, GAPS_MAX).map(({ other, ...gap }) => ({ ...gap, queue: decision.queue, ...gapText(gap.code, { key: gap.key, other: other ?? '', ticket }) }));
}

function classification({ decision }: Facts): Found[] {
  return decision.queue === 'triage' ? [{ code: 'not-classified', kind: 'ticket', key: 'area' }] : [];
}

/** Ids that the ticket names, or an entry that it leads to, and that the directory lacks. */
function unknownEntries({ ticket, directory, subject }: Facts): Found[] {
  const { offerId, offer, customerId, customer } = subject;
  const { subscriptionId } = ticket;
  return [
    ...(offerId !== null && offer === undefined ? [{ code: 'offer-unknown', kind: 'offer', key: offerId } as const] : []),
    ...(customerId !== null && customer === undefined ? [{ code: 'customer-unknown', kind: 'customer', key: customerId } as const] : []),
    ...(subscriptionId != null && !directory.subscriptions.has(subscriptionId) ? [{ code: 'subscription-unknown', kind: 'subscription', key: subscriptionId } as const] : []),
  ];
}

function disputes({ ticket, directory }: Facts): Found[] {
  return disputedSales(ticket, directory).map(({ code, kind, key, ticketSays }) => ({ code, kind, key, other: ticketSays }));
}

function publisherGaps({ decision, directory, subject: { offerId, offer } }: Facts): Found[] {
  if (offer === undefined) return offerId === null && decision.missing.some((path) => path === 'offer' || path === 'offer.publisherId') ? [{ code: 'offer-not-named', kind: 'ticket', key: 'offerId' }] : [];
  if (hasReason(decision, 'no-usable-contact')) return [{ code: 'offer-without-contact', kind: 'offer', key: offer.id }];
  const isInvolved = partiesOf(decision).some(({ role, partyId }) => role === 'isv-publisher' && partyId === offer.publisherId);
  return isInvolved && !directory.publishers.has(offer.publisherId) ? [{ code: 'publisher-unknown', kind: 'publisher', key: offer.publisherId, other: offer.id }] : [];
}

const PARTNER_ROLES: ReadonlySet<string> = new Set(['direct-bill-partner', 'indirect-provider', 'indirect-reseller']);

function partnerGaps(facts: Facts): Found[] {
  const partners = partiesOf(facts.decision).filter(({ role }) => PARTNER_ROLES.has(role));
  const named = partners.flatMap(({ partyId }) => (partyId == null ? [] : namedPartnerGaps(partyId, facts)));
  return partners.some(({ partyId }) => partyId == null) ? [...named, ...unnamedPartnerGaps(facts)] : named;
}

function namedPartnerGaps(partnerId: string, { directory, ticket }: Facts): Found[] {
  const partner = directory.partners.get(partnerId);
  if (partner === undefined) return [{ code: 'partner-unknown', kind: 'partner', key: partnerId }];
  const contact = partner.contacts[ticket.area ?? ''] ?? partner.contacts['default'];
  const isReachable = [contact?.email, contact?.phone, contact?.url].some((way) => way !== undefined && way !== '');
  return isReachable ? [] : [{ code: 'partner-without-contact', kind: 'partner', key: partnerId }];
}

/** A partner must act, and nothing says which: the customer, the subscription or the source's own entry can tell. */
function unnamedPartnerGaps({ ticket, directory, subject: { sale, customerId } }: Facts): Found[] {
  const sourceId = sourcePartnerId(ticket.sourceParty);
  const resellerId = sale?.partner?.model === 'indirect' && sale.partner.providerId == null ? sale.partner.resellerId : undefined;
  const isUnknownSource = sourceId !== null && !directory.partners.has(sourceId);
  return [
    ...(isUnknownSource ? [{ code: 'partner-unknown', kind: 'partner', key: sourceId } as const] : []),
    ...(resellerId != null ? [{ code: 'provider-unknown', kind: 'partner', key: resellerId, other: customerId ?? '' } as const] : []),
    ...whereToNameIt(ticket, customerId),
  ];
}

function whereToNameIt({ subscriptionId }: TicketState, customerId: string | null): Found[] {
  if (customerId !== null) return [{ code: 'partner-not-named', kind: 'customer', key: customerId }];
  return [subscriptionId == null ? { code: 'sale-not-named', kind: 'ticket', key: 'customerId' } : { code: 'partner-not-named', kind: 'subscription', key: subscriptionId }];
}

function partiesOf({ responsible, firstContact, handsOver, informed }: Decided): Party[] {
  const parties: readonly (Party | null)[] = [firstContact, responsible, handsOver, ...informed];
  return parties.filter((party) => party !== null).flatMap((party) => party.parties ?? [party]);
}

function hasReason({ reasons }: Decided, code: string): boolean {
  return reasons.some((reason) => reason.code === code);
}
