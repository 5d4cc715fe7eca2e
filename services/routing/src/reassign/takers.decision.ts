import type { Party } from '@handoff/contracts';
import type { NamedParty } from '@handoff/matrix';
import { customerPartners } from '../directory/customer-partner.decision.js';
import type { DirectorySlice, SoldBy } from '../directory/directory.js';
import { sourcePartnerId, subjectOf } from '../route-ticket/question.decision.js';
import type { TicketState } from '../tickets/ticket.js';

/** Instead of a party: Microsoft, to whom the partner that may open service requests takes it. */
export const TO_MICROSOFT = 'microsoft';

/** Who may be given a ticket, and in which role it then acts. */
export interface Taker {
  /** As `partner/2002`, `isv/contoso` or `microsoft`. */
  readonly to: string;
  readonly responsible: Party;
  /** Who acts. For Microsoft it is the partner who hands over, never a reseller. */
  readonly first: NamedParty;
}

/**
 * Whom a person may give a ticket to: the partners that sell to its customer or whose system it came from, the publisher of its offer, and
 * Microsoft where somebody is there who may go to it. Nobody else may see the ticket. Where nothing says who sold it, the person
 * knows better than we do, and may name any partner of the directory (`wanted`).
 */
export function takersOf(ticket: TicketState, directory: DirectorySlice, wanted: string | null = null): readonly Taker[] {
  const partners = partnersOf(ticket, directory, wanted);
  const { offer } = subjectOf(ticket, directory);
  const ownPublisherId = ticket.sourceParty?.startsWith('isv/') === true ? ticket.sourceParty.slice('isv/'.length) : null;
  const publisherId = offer?.publisherId ?? ownPublisherId;
  const publisher: readonly NamedParty[] = publisherId !== null && directory.publishers.has(publisherId) ? [{ role: 'isv-publisher', partyId: publisherId }] : [];
  const eligible = ticket.asker === 'isv-publisher' ? publisher[0] : partners.find(({ role }) => role !== 'indirect-reseller');
  return [
    ...partners.map((party) => ({ to: `partner/${party.partyId ?? ''}`, responsible: party, first: party })),
    ...publisher.map((party) => ({ to: `isv/${party.partyId ?? ''}`, responsible: party, first: party })),
    ...(eligible === undefined ? [] : [{ to: TO_MICROSOFT, responsible: { role: 'microsoft' } as const, first: eligible }]),
  ];
}

/** The role of a partner is that of the sale; one that only the source names has that of the directory. */
function partnersOf(ticket: TicketState, directory: DirectorySlice, wanted: string | null): readonly NamedParty[] {
  const { subscription, customer, sale } = subjectOf(ticket, directory);
  const sales = [subscription?.soldBy, ...(customer === undefined ? [] : customerPartners(customer, ticket.occurredAt))].filter((soldBy) => soldBy !== undefined).flatMap(sellers);
  const ofSale = sale?.partner?.model === 'indirect' ? sellers({ model: 'indirect', providerId: sale.partner.providerId ?? '', ...(sale.partner.resellerId == null ? {} : { resellerId: sale.partner.resellerId }) }) : [];
  const found = [...sales, ...ofSale, ...asInDirectory(sourcePartnerId(ticket.sourceParty), directory)];
  const known = found.filter(({ partyId }, index) => directory.partners.has(partyId ?? '') && found.findIndex((other) => other.partyId === partyId) === index);
  return known.length > 0 || wanted === null ? known : asInDirectory(wanted, directory);
}

function asInDirectory(partnerId: string | null, { partners }: DirectorySlice): readonly NamedParty[] {
  const partner = partners.get(partnerId ?? '');
  return partner === undefined ? [] : [{ role: partner.model, partyId: partner.id }];
}

function sellers(soldBy: SoldBy): readonly NamedParty[] {
  if (soldBy.model === 'direct-bill') return [{ role: 'direct-bill-partner', partyId: soldBy.partnerId }];
  return [{ role: 'indirect-provider', partyId: soldBy.providerId }, ...(soldBy.resellerId === undefined ? [] : [{ role: 'indirect-reseller', partyId: soldBy.resellerId } as const])];
}

/** The partner that a destination names; `null` for others. */
export function partnerIn(to: string): string | null {
  return to.startsWith('partner/') ? to.slice('partner/'.length) : null;
}
