import type { ContactDetails, Facts, OfferContacts } from './facts.js';
import type { ContactField, ContactKind } from './vocabulary.js';

const NOT_LISTED: ContactDetails = { name: null, email: null, phone: null, url: null };
const NONE_LISTED: OfferContacts = {
  'customer-support': NOT_LISTED,
  'csp-program': NOT_LISTED,
  engineering: NOT_LISTED,
};

/** The support site that the listing has for the ticket's cloud alone; null where the general one holds. */
export function governmentSite({ ticket, offer }: Facts): string | null {
  return ticket.cloud === 'us-government' ? (offer?.governmentSupportUrl ?? null) : null;
}

/** The offer's contacts as they hold in the ticket's cloud; null where nobody told them. */
export function listedContacts(facts: Facts): OfferContacts | null {
  const contacts = facts.offer?.contacts ?? null;
  const url = governmentSite(facts);
  if (url === null) return contacts;
  const listed = contacts ?? NONE_LISTED;
  return { ...listed, 'customer-support': { ...listed['customer-support'], url } };
}

/** Those of some fields that a contact has. */
export function listedFields(details: ContactDetails, fields: readonly ContactField[]): readonly ContactField[] {
  const listed: ContactField[] = [];
  for (const field of fields) if (details[field] !== null) listed.push(field);
  return listed;
}

/** The first contact of a chain that can be reached; null where none can, or nobody told. */
export function usableContact(contacts: OfferContacts | null, chain: readonly ContactKind[]): ContactKind | null {
  if (contacts === null) return null;
  for (const kind of chain) if (isReachable(kind, contacts[kind])) return kind;
  return null;
}

/** By what a contact can be reached: a name is no address, and a CSP programme's site is marketing material. */
function isReachable(kind: ContactKind, { email, phone, url }: ContactDetails): boolean {
  return email !== null || phone !== null || (kind === 'customer-support' && url !== null);
}
