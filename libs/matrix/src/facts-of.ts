import type {
  Agreement,
  AgreementEntry,
  ContactDetails,
  Facts,
  HealthNotice,
  OfferContacts,
  OfferFacts,
  PartnerFirstScope,
  SubscriptionFacts,
  SubscriptionPartner,
  TicketFacts,
} from './facts.js';
import type {
  AgreementInput,
  ContactInput,
  ExplainRequest,
  OfferInput,
  SubscriptionInput,
  SubscriptionPartnerInput,
} from './explain-request.js';

type Loose<T> = T | null | undefined;

/**
 * The facts that a question states, with the default for all it leaves out: the asker is the customer, the
 * cloud is public, the product is third-party, the purchase went through CSP, nobody is partner-first.
 * `now` (RFC 3339) is when the ticket is judged where it names no time of its own.
 * It does not check values: that is the work of the edge, by the lists in vocabulary.ts.
 */
export function factsOf(input: ExplainRequest, now: string): Facts {
  const offer = input.offer ? offerOf(input.offer) : null;
  return {
    ticket: ticketOf(input.ticket, now),
    offer,
    subscription: input.subscription ? subscriptionOf(input.subscription) : null,
    agreements: (input.agreements ?? []).map(agreementOf),
    partnerFirst: scopesOf(input.preferences),
    openHealthNotices: noticesOf(input.openHealthNotices, offer?.id ?? null),
    ...preferencesOf(input.preferences),
  };
}

function ticketOf(ticket: ExplainRequest['ticket'], now: string): TicketFacts {
  return {
    area: ticket.area ?? null,
    severity: ticket.severity ?? null,
    asker: ticket.asker ?? 'customer',
    at: text(ticket.at) ?? now,
    cloud: ticket.cloud ?? 'public',
    country: countryCode(ticket.country),
    language: text(ticket.language),
    sourcePartyId: text(ticket.source?.partyId),
  };
}

/** Text that says something, trimmed; empty text is as good as none. */
function text(value: Loose<string>): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** Country codes are compared in capitals, however they were written. */
function countryCode(value: Loose<string>): string | null {
  return text(value)?.toUpperCase() ?? null;
}

function offerOf(offer: OfferInput): OfferFacts {
  return {
    id: text(offer.id),
    publisherId: text(offer.publisherId),
    ownership: offer.ownership ?? 'third-party',
    kind: offer.kind ?? null,
    contacts: contactsOf(offer.contacts),
    governmentSupportUrl: text(offer.governmentSupportUrl),
    documents: (offer.documents ?? []).map(({ title, url, kind }) => ({ title, url, kind: text(kind) })),
    clouds: offer.clouds ?? [],
  };
}

function contactsOf(contacts: OfferInput['contacts']): OfferContacts | null {
  if (!contacts) return null;
  return {
    'customer-support': contactOf(contacts.customerSupport),
    'csp-program': contactOf(contacts.cspProgram),
    engineering: contactOf(contacts.engineering),
  };
}

function contactOf(contact: Loose<ContactInput>): ContactDetails {
  return {
    name: text(contact?.name),
    email: text(contact?.email),
    phone: text(contact?.phone),
    url: text(contact?.url),
  };
}

function subscriptionOf(subscription: SubscriptionInput): SubscriptionFacts {
  return {
    channel: subscription.channel ?? 'csp',
    partner: subscription.partner ? partnerOf(subscription.partner) : null,
    customerResellerId: text(subscription.customerResellerId),
    supportContact: subscription.supportContact ?? null,
    customerId: text(subscription.customerId),
    supportPlan: text(subscription.supportPlan),
  };
}

function partnerOf(partner: SubscriptionPartnerInput): SubscriptionPartner {
  return partner.model === 'direct-bill'
    ? { model: 'direct-bill', partnerId: text(partner.partnerId) }
    : { model: 'indirect', providerId: text(partner.providerId), resellerId: text(partner.resellerId) };
}

function agreementOf(agreement: AgreementInput): Agreement {
  return {
    id: text(agreement.id),
    providerId: agreement.providerId.trim(),
    resellerId: agreement.resellerId.trim(),
    from: agreement.from,
    to: text(agreement.to),
    entries: agreement.entries.map(entryOf),
  };
}

function entryOf(entry: AgreementInput['entries'][number]): AgreementEntry {
  return {
    area: entry.area ?? null,
    customerId: text(entry.customerId),
    supportPlan: text(entry.supportPlan),
    publisherId: text(entry.publisherId),
    offerId: text(entry.offerId),
    kind: entry.kind ?? null,
    country: countryCode(entry.country),
    severity: entry.severity ?? null,
    assignedTo: entry.assignedTo,
    accountable: entry.accountable ?? null,
  };
}

function preferencesOf(preferences: ExplainRequest['preferences']): Pick<Facts, 'preferences'> {
  const contactOrder = preferences?.contactOrder ?? [];
  const uninformed = preferences?.uninformed ?? [];
  return contactOrder.length === 0 && uninformed.length === 0 ? {} : { preferences: { contactOrder, uninformed } };
}

const EVERYTHING: PartnerFirstScope = { partnerId: null, publisherId: null, offerId: null };

function scopesOf(preferences: ExplainRequest['preferences']): readonly PartnerFirstScope[] {
  const chosen = preferences?.partnerFirst ?? false;
  if (typeof chosen === 'boolean') return chosen ? [EVERYTHING] : [];
  return chosen.map((scope) => ({
    partnerId: text(scope.partnerId),
    publisherId: text(scope.publisherId),
    offerId: text(scope.offerId),
  }));
}

/** A notice that names no offer was given as one of the offer in question. */
function noticesOf(notices: ExplainRequest['openHealthNotices'], offerId: string | null): readonly HealthNotice[] {
  return (notices ?? []).map((notice) => ({
    id: notice.id,
    offerId: text(notice.offerId) ?? offerId,
    summary: text(notice.summary),
    startedAt: text(notice.startedAt),
    endedAt: text(notice.endedAt),
  }));
}
