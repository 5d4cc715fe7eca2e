import { isRecord, listAt, textAt } from '../json-reading.js';

/** Roles as people write them. */
const ROLE_WORDS: Readonly<Record<string, string>> = {
  'customer': 'customer',
  'direct-bill-partner': 'direct bill partner',
  'indirect-provider': 'indirect provider',
  'indirect-reseller': 'indirect reseller',
  'isv-publisher': 'ISV publisher',
  'microsoft': 'Microsoft',
};

/** A party of a decision in words, as `indirect reseller 2002`; `null` for nobody. */
export function partyWords(party: unknown): string | null {
  const role = textAt(party, 'role');
  if (role === null) return null;
  if (role === 'shared') return `shared by ${partiesWords(listAt(party, 'parties'), ' and ')}`;
  const id = textAt(party, 'partyId');
  const words = ROLE_WORDS[role] ?? role;
  if (id !== null) return `${words} ${id}`;
  return role === 'microsoft' || role === 'customer' ? words : `${words} (not known which)`;
}

/** Parties in order; empty text for none. */
export function partiesWords(parties: readonly unknown[], between: string): string {
  return parties.map(partyWords).filter((words) => words !== null).join(between);
}

/** A contact that may be used, as `customer-support of ISV publisher contoso: email, url (for the customer)`. */
export function contactWords(contact: unknown): string {
  const party = partyWords(isRecord(contact) ? contact['party'] : null);
  const fields = listAt(contact, 'fields').join(', ');
  const audience = textAt(contact, 'for');
  return [
    textAt(contact, 'kind') ?? 'contact',
    party === null ? '' : ` of ${party}`,
    fields === '' ? '' : `: ${fields}`,
    audience === null ? '' : ` (for ${audience})`,
  ].join('');
}
