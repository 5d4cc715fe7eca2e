import { isWithin } from '@handoff/matrix';
import { type Customer, partnerIdsOf, type SoldBy } from './directory.js';

/**
 * Through whom a customer bought, where no subscription says it: of the partners that serve it at that time (RFC 3339) the one
 * whose system told of the ticket, else its main partner, else the only one there is. Undefined where several could be meant.
 */
export function customerSoldBy({ soldBy, relationships = [] }: Customer, { at, partnerId }: { readonly at: string; readonly partnerId: string | null }): SoldBy | undefined {
  const inForce = relationships.filter(({ from, to }) => isWithin(at, { from: from ?? BEGINNING, to: to ?? null })).map((relationship) => relationship.soldBy);
  const candidates = soldBy === undefined ? inForce : [soldBy, ...inForce];
  const ofSource = candidates.find((candidate) => partnerId !== null && partnerIdsOf(candidate).includes(partnerId));
  return ofSource ?? soldBy ?? (inForce.length === 1 ? inForce[0] : undefined);
}

const BEGINNING = '0001-01-01';
