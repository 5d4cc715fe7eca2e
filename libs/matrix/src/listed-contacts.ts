import type { ContactDetails, Facts, OfferContacts } from './facts.js';
import type { ContactField, ContactKind } from './vocabulary.js';

const NOT_LISTED: ContactDetails = { name: null, email: null, phone: null, url: null };

/** Fields by which a contact can be reached: a name is no address, and a CSP programme's site is marketing material. */
const REACHABLE_BY: Readonly<Record<ContactKind, readonly ContactField[]>> = {
  'customer-support': ['email', 'phone', 'url'],
  'csp-program': ['email', 'phone'],
  engineering: ['email', 'phone'],
};

/** Whether the ticket's cloud has a support site of its own in the listing. */
export function hasGovernmentSite({ ticket, offer }: Facts): boolean {
  return ticket.cloud === 'us-government' && offer !== null && offer.governmentSupportUrl !== null;
}

/** The offer's contacts as they hold in the ticket's cloud; null where nobody told them. */
export function listedContacts(facts: Facts): OfferContacts | null {
  const contacts = facts.offer?.contacts ?? null;
  if (!hasGovernmentSite(facts)) return contacts;
  return {
    'customer-support': {
      ...(contacts?.['customer-support'] ?? NOT_LISTED),
      url: facts.offer?.governmentSupportUrl ?? null,
    },
    'csp-program': contacts?.['csp-program'] ?? NOT_LISTED,
    engineering: contacts?.engineering ?? NOT_LISTED,
  };
}

/** The first contact of a chain that can be reached; null where none can, or nobody told. */
export function usableContact(contacts: OfferContacts | null, chain: readonly ContactKind[]): ContactKind | null {
  if (contacts === null) return null;
  return chain.find((kind) => REACHABLE_BY[kind].some((field) => contacts[kind][field] !== null)) ?? null;
}
