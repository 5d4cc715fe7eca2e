import { agreedEntry } from './agreement-split.js';
import type { AgreedEntry } from './agreement-entry.js';
import type { NamedParty } from './decision.js';
import type { Facts, SubscriptionPartner } from './facts.js';
import { isPartnerRole } from './vocabulary.js';
import type { Asker, PartnerRole, SupportContact } from './vocabulary.js';

export type ResolvedAsker = Exclude<Asker, 'partner'>;

/** Who the CSP partner is for one ticket. */
export interface CspSide {
  /** Who acts: the only partner, the one the agreement names, or the accountable one of two. */
  readonly lead: NamedParty;
  /** The other one, where the agreement shares the matter. */
  readonly sharedWith: NamedParty | null;
  /** Who may turn to Microsoft: the direct-bill partner or the provider, never a reseller. */
  readonly handover: NamedParty;
  /** A reseller that should ask its provider, since no agreement says how they split the work. */
  readonly told: NamedParty | null;
  readonly basis: SplitBasis;
}

/** What the answer rests on: there is nobody to share with, an agreement says it, or the subscription does. */
export type SplitBasis =
  | Readonly<{ kind: 'alone' | 'no-reseller' }>
  | Readonly<{ kind: 'agreed'; agreed: AgreedEntry }>
  | Readonly<{ kind: 'no-agreement'; reseller: NamedParty; isDesignated: boolean }>;

const ALONE: SplitBasis = { kind: 'alone' };
const NO_RESELLER: SplitBasis = { kind: 'no-reseller' };

/**
 * Who asks, as an exact role. A generic `partner` is the one whose id the ticket's source names; else, of an
 * indirect pair, the reseller, who is nearer to the customer; else the provider. With no subscription to
 * tell the model from, it is a direct-bill partner.
 */
export function resolvedAsker({ ticket, subscription }: Facts): ResolvedAsker {
  const { asker, sourcePartyId } = ticket;
  if (asker !== 'partner') return asker;
  if (subscription === null || subscription.partner?.model !== 'indirect') return 'direct-bill-partner';
  const { partner, customerResellerId } = subscription;
  const isProviders = sourcePartyId !== null && sourcePartyId === partner.providerId;
  return isProviders || resellerIdOf(partner, customerResellerId) === null ? 'indirect-provider' : 'indirect-reseller';
}

/**
 * The CSP partner of the ticket, by its subscription. Where no subscription tells the model, the asker's role
 * tells it, and with neither the partner is a direct-bill partner whose id is not known: most direct
 * questions are asked so, and every answer then still names a role.
 */
export function cspSideOf(facts: Facts): CspSide {
  const { subscription, ticket } = facts;
  if (subscription === null || subscription.partner === null) {
    return alone(party(roleWithoutSubscription(ticket.asker), null));
  }
  const { partner, customerResellerId, supportContact } = subscription;
  if (partner.model === 'direct-bill') return alone(party('direct-bill-partner', partner.partnerId));
  const { providerId } = partner;
  const provider = party('indirect-provider', providerId);
  const resellerId = resellerIdOf(partner, customerResellerId);
  if (resellerId === null) return alone(provider, NO_RESELLER);
  const reseller = party('indirect-reseller', resellerId);
  const agreed = providerId === null ? null : agreedEntry(facts, { providerId, resellerId });
  return agreed === null ? defaultSide(supportContact, provider, reseller) : agreedSide(agreed, provider, reseller);
}

type IndirectPartner = Extract<SubscriptionPartner, { model: 'indirect' }>;

/** Reseller of record on the subscription, else the reseller associated with the customer. */
function resellerIdOf({ resellerId }: IndirectPartner, customerResellerId: string | null): string | null {
  return resellerId ?? customerResellerId;
}

function roleWithoutSubscription(asker: Asker): PartnerRole {
  return asker === 'indirect-provider' || asker === 'indirect-reseller' ? 'indirect-provider' : 'direct-bill-partner';
}

function party(role: PartnerRole, partyId: string | null): NamedParty {
  return { role, partyId };
}

function alone(partner: NamedParty, basis: SplitBasis = ALONE): CspSide {
  return { lead: partner, sharedWith: null, handover: partner, told: null, basis };
}

/** A shared matter is led by the accountable one, which is the provider where the agreement names neither. */
function agreedSide(agreed: AgreedEntry, provider: NamedParty, reseller: NamedParty): CspSide {
  const { assignedTo, accountable } = agreed.entry;
  const isShared = assignedTo === 'shared';
  const isResellers = (isShared ? accountable : assignedTo) === 'reseller';
  const [lead, other] = isResellers ? [reseller, provider] : [provider, reseller];
  return {
    lead,
    sharedWith: isShared ? other : null,
    handover: provider,
    told: null,
    basis: { kind: 'agreed', agreed },
  };
}

/** Where no agreement holds: whom the subscription designates, else the provider, the programme's default. */
function defaultSide(designated: SupportContact | null, provider: NamedParty, reseller: NamedParty): CspSide {
  return {
    lead: designated === 'reseller' ? reseller : provider,
    sharedWith: null,
    handover: provider,
    told: reseller,
    basis: { kind: 'no-agreement', reseller, isDesignated: designated !== null },
  };
}

/** Whether a party is a CSP partner. */
export function isPartner(candidate: { readonly role: string }): candidate is NamedParty {
  return isPartnerRole(candidate.role);
}

/** Whether there is a CSP partner to tell: one that is known, of a purchase that went through CSP. */
export function mayBeTold({ subscription }: Facts, { lead }: CspSide): boolean {
  return subscription?.channel !== 'customer-direct' && lead.partyId !== null;
}
