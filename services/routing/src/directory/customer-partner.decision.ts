import { isWithin } from '@handoff/matrix';
import { type Customer, partnerIdsOf, type SoldBy } from './directory.js';

/**
 * Through whom a customer bought, where no subscription says it: of the partners that serve it at that time (RFC 3339) the one
 * whose system told of the ticket, else its main partner, else the only one there is. Undefined where several could be meant.
 */
export function customerSoldBy(customer: Customer, { at, partnerId }: { readonly at: string; readonly partnerId: string | null }): SoldBy | undefined {
  const partners = customerPartners(customer, at);
  const ofSource = partners.find((candidate) => partnerId !== null && partnerIdsOf(candidate).includes(partnerId));
  return ofSource ?? customer.soldBy ?? (partners.length === 1 ? partners[0] : undefined);
}

/** Through whom a customer buys at a time (RFC 3339), its main partner first. */
export function customerPartners({ soldBy, relationships = [] }: Customer, at: string): readonly SoldBy[] {
  const inForce = relationships.filter(({ from, to }) => isWithin(at, { from: from ?? BEGINNING, to: to ?? null })).map((relationship) => relationship.soldBy);
  return soldBy === undefined ? inForce : [soldBy, ...inForce];
}

const BEGINNING = '0001-01-01';
