import type { ContactEntry, NamedParty, Party } from './decision.js';
import { preferredOrder } from './contact-order.js';
import { audienceFields } from './disclosure.js';
import type { Facts, OfferContacts } from './facts.js';
import { governmentSite, listedContacts, listedFields, usableContact } from './listed-contacts.js';
import type { Outcome } from './matrix.js';
import { isPartner } from './partners.js';
import { listParam, reason } from './messages/say.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE } from './reasons.js';
import type { Reason } from './reasons.js';
import type { Situation } from './situation.js';
import { isPartnerRole } from './vocabulary.js';
import type { Audience, ContactKind } from './vocabulary.js';

/** The contacts of a decision, and why these. */
export interface ContactChoice {
  readonly contacts: readonly ContactEntry[];
  /** The publisher's contact that receives the ticket, where the publisher is first contact. */
  readonly reachedBy: ContactKind | null;
  readonly reasons: readonly Reason[];
}

/** What the choice rests on: the rows' outcome, and who the first contact turned out to be. */
export type ContactQuestion = Readonly<{ situation: Situation; outcome: Outcome; firstContact: Party }>;

/** The order in which a publisher's contact is chosen, by who asks and for what. */
const CHAINS: Readonly<Record<'customer' | 'microsoft' | Outcome['purpose'], readonly ContactKind[]>> = {
  customer: ['customer-support'],
  microsoft: ['engineering'],
  technical: ['customer-support', 'csp-program', 'engineering'],
  business: ['csp-program', 'customer-support'],
};

/** Who may be reached how: chosen by the asker, and cut down to what each audience may see. */
export function chooseContacts(question: ContactQuestion): ContactChoice {
  const listed = listedContacts(question.situation.facts);
  const found: Found = { contacts: [], reasons: [] };
  const { contacts, reasons } = found;
  addPartnerSite(found, question);
  if (listed !== null) {
    for (const audience of audiencesOf(question)) addPublishers(found, question, { listed, audience });
  }
  const isPublishers = question.firstContact.role === 'isv-publisher';
  return { contacts, reachedBy: isPublishers ? reachableBy(question, listed) : null, reasons };
}

type Found = Readonly<{ contacts: ContactEntry[]; reasons: Reason[] }>;

/** By which contact the publisher hears of the ticket. */
function reachableBy({ situation, outcome }: ContactQuestion, listed: OfferContacts | null): ContactKind | null {
  const { asker, facts } = situation;
  const chain = CHAINS[asker === 'customer' || asker === 'microsoft' ? asker : outcome.purpose];
  return usableContact(listed, preferredOrder(chain, facts));
}

type Asking = Exclude<Audience, 'isv-publisher'>;

const NOBODY: readonly Asking[] = [];
const CUSTOMER: readonly Asking[] = ['customer'];
const PARTNER: readonly Asking[] = ['csp-partner'];
const MICROSOFT: readonly Asking[] = ['microsoft'];
const CUSTOMER_AND_PARTNER: readonly Asking[] = ['customer', 'csp-partner'];
const PARTNER_AND_MICROSOFT: readonly Asking[] = ['csp-partner', 'microsoft'];

/** To whom the publisher's contact is shown. */
function audiencesOf({ situation: { asker }, outcome, firstContact }: ContactQuestion): readonly Asking[] {
  const isPublishers = outcome.responsible === 'isv-publisher';
  if (!isPublishers && !outcome.escalation.includes('isv-publisher')) return NOBODY;
  const isPartners = isPartnerRole(asker) || isPartner(firstContact);
  if (isPublishers && asker === 'customer') return isPartners ? CUSTOMER_AND_PARTNER : CUSTOMER;
  if (isPublishers && asker === 'microsoft') return isPartners ? PARTNER_AND_MICROSOFT : MICROSOFT;
  return isPartners ? PARTNER : NOBODY;
}

/** A customer whose partner hears first is sent to that partner's support site; the directory knows whether it has one. */
function addPartnerSite({ contacts }: Found, { situation, firstContact }: ContactQuestion): void {
  if (situation.asker !== 'customer' || !isPartner(firstContact) || firstContact.partyId === null) return;
  const fields = audienceFields('customer-support', 'customer');
  contacts.push({ kind: 'customer-support', party: firstContact, fields, for: 'customer' });
}

type Showing = Readonly<{ listed: OfferContacts; audience: Asking }>;

/** The publisher's contact for an audience: at most one, with the fields that exist and may be shown. */
function addPublishers(found: Found, { situation, outcome }: ContactQuestion, { listed, audience }: Showing): void {
  const { facts } = situation;
  const kind = usableContact(listed, preferredOrder(shownChain(outcome, audience), facts));
  if (kind === null) return;
  const party: NamedParty = { role: 'isv-publisher', partyId: facts.offer?.publisherId ?? null };
  const fields = listedFields(listed[kind], audienceFields(kind, audience, outcome.disclose));
  if (fields.length === 0) {
    found.reasons.push(noSite(party));
    return;
  }
  // Only customer support has a support site; in a cloud with one of its own, the entry says that it is that one.
  const showsSite = kind === 'customer-support' && fields.includes('url');
  const entry = { kind, party, fields, for: audience };
  found.contacts.push(showsSite && governmentSite(facts) !== null ? { ...entry, site: 'us-government' } : entry);
  found.reasons.push(chosen(entry, audience));
  if (showsSite && facts.ticket.cloud === 'us-government') found.reasons.push(siteReason(facts));
}

/** The contacts that may be chosen for an audience: one of which it may see nothing is none for it. */
function shownChain({ purpose, disclose }: Outcome, audience: Asking): readonly ContactKind[] {
  const chain = CHAINS[audience === 'csp-partner' ? purpose : audience];
  return disclose === undefined ? chain : chain.filter((kind) => disclose[audience]?.[kind]?.length !== 0);
}

function chosen({ kind, party, fields }: ContactEntry, audience: Asking): Reason {
  if (audience === 'customer') return reason('contact-chosen', HANDOFF_DEFAULT, 'contact-chosen.customer', { party });
  const message = audience === 'microsoft' ? 'contact-chosen.microsoft' : 'contact-chosen.csp-partner';
  return reason('contact-chosen', HANDOFF_DEFAULT, message, { kind, fields: listParam(fields), party });
}

function noSite(party: NamedParty): Reason {
  return reason('no-support-site', HANDOFF_DEFAULT, 'no-support-site', { party });
}

function siteReason(facts: Facts): Reason {
  return governmentSite(facts) !== null
    ? reason('government-site', SUPPORT_PAGE, 'government-site', {})
    : reason('no-government-site', HANDOFF_DEFAULT, 'no-government-site', {});
}
