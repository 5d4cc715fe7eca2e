import type { Decision as PublishedDecision, Party, Recipient, VisibleContact } from '@handoff/contracts';
import type { ContactKind, Decision } from '@handoff/matrix';
import type { Contact, DirectorySlice, Offer, Partner, Publisher } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';

type Purpose = Recipient['purpose'];

export interface Sending {
  readonly ticket: TicketState;
  readonly decision: Decision;
  readonly directory: DirectorySlice;
  readonly offerId: string | null;
}

/**
 * Whom a decision is sent to, with their addresses. Nobody is paged for a ticket that already lies with the responsible party,
 * or that an outage explains; Microsoft is reached through the partner who hands it over.
 */
export function recipientsOf(sending: Sending): Recipient[] {
  const { decision } = sending;
  const acting = actingParties(sending).map((party) => recipient(sending, party, purposeFor(decision)));
  const informed = decision.informed.map((party) => recipient(sending, party, 'inform'));
  const seen = new Set<string>();
  return [...acting, ...informed].filter((found) => found !== null).filter(({ destination }) => !seen.has(destination) && seen.add(destination));
}

/** Whether the answer is another one than before, so that those who are only informed should hear of it again. */
export function isOtherDecision(former: PublishedDecision | Decision, current: PublishedDecision | Decision): boolean {
  const essence = ({ queue, responsible, firstContact, attachedTo, stays }: PublishedDecision | Decision): string =>
    JSON.stringify([queue, responsible, firstContact, attachedTo, stays]);
  return essence(former) !== essence(current);
}

/** The contact of a party that an escalation asks: for a publisher the one that the decision names for it. */
export function escalationRecipient(sending: Sending, party: Party): Recipient | null {
  const { decision } = sending;
  return recipient({ ...sending, decision: { ...decision, reachedBy: decision.escalationContact ?? decision.reachedBy } }, party, 'act');
}

function actingParties({ decision, ticket, directory, offerId }: Sending): readonly Party[] {
  if (decision.stays || decision.attachedTo !== null || decision.informationOnly) return [];
  if (decision.queue === 'triage' || decision.queue === 'unassigned') return [];
  if (decision.handsOver !== null) return [decision.handsOver];
  if (decision.firstContact?.role === 'microsoft') {
    // Nobody can be written to at Microsoft: a publisher takes its own matter there, in Partner Center.
    return ticket.asker === 'isv-publisher' ? [{ role: 'isv-publisher', partyId: directory.offers.get(offerId ?? '')?.publisherId ?? publisherOf(ticket) }] : [];
  }
  if (decision.responsible?.role === 'shared') return decision.responsible.parties;
  return decision.firstContact === null ? [] : [decision.firstContact];
}

function publisherOf({ sourceParty }: TicketState): string | null {
  return sourceParty?.startsWith('isv/') === true ? sourceParty.slice('isv/'.length) : null;
}

function purposeFor({ responsible }: Decision): Purpose {
  return responsible?.role === 'microsoft' ? 'hand-over' : 'act';
}

function recipient(sending: Sending, party: Party, purpose: Purpose): Recipient | null {
  const { partyId } = party;
  if (partyId === null || partyId === undefined) return null;
  switch (party.role) {
    case 'direct-bill-partner':
    case 'indirect-provider':
    case 'indirect-reseller':
      return partnerRecipient(sending, party, { partyId, purpose });
    case 'isv-publisher':
      return publisherRecipient(sending, party, { partyId, purpose });
    case 'customer':
    case 'microsoft':
    case 'shared':
      return null;
  }
}

interface Addressee {
  readonly partyId: string;
  readonly purpose: Purpose;
}

function partnerRecipient(sending: Sending, party: Party, { partyId, purpose }: Addressee): Recipient {
  const partner = sending.directory.partners.get(partyId);
  const area = sending.ticket.area ?? '';
  const own = partner?.contacts[area];
  const contact = own ?? partner?.contacts['default'] ?? {};
  return { ...address(contact, partner), purpose, party, destination: `partner/${partyId}`, partyName: partner?.name ?? null, contactKind: own === undefined ? 'default' : area, mayContact: publisherContacts(sending) };
}

function publisherRecipient(sending: Sending, party: Party, { partyId, purpose }: Addressee): Recipient {
  const { directory, decision, offerId } = sending;
  const publisher = directory.publishers.get(partyId);
  const offer = directory.offers.get(offerId ?? '');
  const kind = decision.reachedBy;
  const contact = (offer === undefined || kind === null ? undefined : listed(offer, kind)) ?? publisher?.contact ?? {};
  return { ...address(contact, publisher), purpose, party, destination: `isv/${partyId}`, partyName: publisher?.name ?? null, contactKind: kind ?? 'publisher', mayContact: partnerContacts(sending) };
}

/** What a party of this role may use of the contacts of others; a customer what the decision gives to customers. */
export function contactsFor(sending: Sending, role: Party['role']): readonly VisibleContact[] {
  switch (role) {
    case 'direct-bill-partner': case 'indirect-provider': case 'indirect-reseller': return publisherContacts(sending);
    case 'isv-publisher': return partnerContacts(sending);
    case 'customer': return publisherContacts(sending).filter((contact) => contact.for === 'customer');
    case 'microsoft': case 'shared': return [];
  }
}

/** The publisher's contacts as far as the decision shows them to CSP partners, and those they may pass on to the customer. */
function publisherContacts({ decision, directory, offerId }: Sending): VisibleContact[] {
  const offer = directory.offers.get(offerId ?? '');
  if (offer === undefined) return [];
  const partyName = directory.publishers.get(offer.publisherId)?.name ?? null;
  return decision.contacts.filter((entry) => entry.party.role === 'isv-publisher' && (entry.for === 'csp-partner' || entry.for === 'customer')).map((entry) => {
    const contact = { ...listed(offer, entry.kind), ...(entry.site === 'us-government' && offer.listing.governmentSupportWebsite !== undefined ? { url: offer.listing.governmentSupportWebsite } : {}) };
    return { kind: entry.kind, partyName, for: entry.for, ...Object.fromEntries(entry.fields.map((field) => [field, contact[field]]).filter(([, value]) => value !== undefined && value !== '')) };
  });
}

/** A publisher answers to the partners of the customer, not to the customer. */
function partnerContacts({ decision, directory }: Sending): VisibleContact[] {
  const partners = [decision.firstContact, ...decision.informed].flatMap((party) => (party !== null && 'partyId' in party && party.partyId !== null ? directory.partners.get(party.partyId) ?? [] : []));
  return [...new Set<Partner>(partners)].map(({ name, contacts }) => {
    const { email, phone } = contacts['default'] ?? {};
    return { kind: 'partner', partyName: name, for: 'isv-publisher', ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) };
  });
}

function listed({ listing }: Offer, kind: ContactKind): Contact | undefined {
  switch (kind) {
    case 'customer-support': return { ...listing.supportContact, ...(listing.globalSupportWebsite === undefined ? {} : { url: listing.globalSupportWebsite }) };
    case 'csp-program': return listing.cloudSolutionProviderContact;
    case 'engineering': return listing.engineeringContact;
  }
}

/** How a contact is reached, and in its language or else that of its party. */
function address({ name, email, url, language }: Contact, party: Pick<Partner | Publisher, 'language'> | undefined): Pick<Recipient, 'name' | 'email' | 'url' | 'language'> {
  const filled = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);
  const spoken = language ?? party?.language;
  return { name: filled(name), email: filled(email), url: filled(url), ...(spoken === undefined ? {} : { language: spoken }) };
}
