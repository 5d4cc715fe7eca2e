import { agreedEntry } from './agreement-split.js';
import type { AgreedEntry, Pair } from './agreement-split.js';
import type { NamedParty } from './decision.js';
import type { Facts, SubscriptionFacts } from './facts.js';
import { HANDOFF_DEFAULT, SUPPORT_PAGE, partyName, partySubject } from './reasons.js';
import type { Reason } from './reasons.js';
import { isPartnerRole } from './vocabulary.js';
import type { Asker, PartnerRole } from './vocabulary.js';

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
  readonly reasons: readonly Reason[];
}

const ASSIGNING_PAGE = 'Partner Center documentation: support contacts of a subscription';

/**
 * Who asks, as an exact role. A generic `partner` is the one whose id the ticket's source names; else, of an
 * indirect pair, the reseller, who is nearer to the customer; else the provider. With no subscription to
 * tell the model from, it is a direct-bill partner.
 */
export function resolvedAsker(facts: Facts): ResolvedAsker {
  const { asker } = facts.ticket;
  if (asker !== 'partner') return asker;
  return facts.subscription?.partner?.model === 'indirect' ? indirectAsker(facts) : 'direct-bill-partner';
}

function indirectAsker({ ticket, subscription }: Facts): PartnerRole {
  const isProviders = ticket.sourcePartyId !== null && ticket.sourcePartyId === providerIdOf(subscription);
  return isProviders || resellerIdOf(subscription) === null ? 'indirect-provider' : 'indirect-reseller';
}

function providerIdOf(subscription: SubscriptionFacts | null): string | null {
  const partner = subscription?.partner;
  return partner?.model === 'indirect' ? partner.providerId : null;
}

/**
 * The CSP partner of the ticket, by its subscription. Where no subscription tells the model, the asker's role
 * tells it, and with neither the partner is a direct-bill partner whose id is not known: most direct
 * questions are asked so, and every answer then still names a role.
 */
export function cspSideOf(facts: Facts): CspSide {
  const partner = facts.subscription?.partner ?? null;
  if (partner === null) return alone(party(roleWithoutSubscription(facts.ticket.asker), null));
  if (partner.model === 'direct-bill') return alone(party('direct-bill-partner', partner.partnerId));
  const provider = party('indirect-provider', partner.providerId);
  const resellerId = resellerIdOf(facts.subscription);
  return resellerId === null
    ? alone(provider, [noReseller(provider)])
    : splitSide(facts, provider, party('indirect-reseller', resellerId));
}

/** Reseller of record on the subscription, else the reseller associated with the customer. */
function resellerIdOf(subscription: SubscriptionFacts | null): string | null {
  const partner = subscription?.partner ?? null;
  return (partner?.model === 'indirect' ? partner.resellerId : null) ?? subscription?.customerResellerId ?? null;
}

function roleWithoutSubscription(asker: Asker): PartnerRole {
  return asker === 'indirect-provider' || asker === 'indirect-reseller' ? 'indirect-provider' : 'direct-bill-partner';
}

function party(role: PartnerRole, partyId: string | null): NamedParty {
  return { role, partyId };
}

function alone(partner: NamedParty, reasons: readonly Reason[] = []): CspSide {
  return { lead: partner, sharedWith: null, handover: partner, told: null, reasons };
}

function splitSide(facts: Facts, provider: NamedParty, reseller: NamedParty): CspSide {
  const pair = pairOf(provider, reseller);
  const agreed = pair === null ? null : agreedEntry(facts, pair);
  return agreed === null ? defaultSide(facts, provider, reseller) : agreedSide(agreed, provider, reseller);
}

function pairOf(provider: NamedParty, reseller: NamedParty): Pair | null {
  if (provider.partyId === null || reseller.partyId === null) return null;
  return { providerId: provider.partyId, resellerId: reseller.partyId };
}

function agreedSide(agreed: AgreedEntry, provider: NamedParty, reseller: NamedParty): CspSide {
  const { entry } = agreed;
  const base = { handover: provider, told: null };
  switch (entry.assignedTo) {
    case 'provider':
      return {
        ...base,
        lead: provider,
        sharedWith: null,
        reasons: [entryReason(agreed, `the matter to ${partyName(provider)}`)],
      };
    case 'reseller':
      return {
        ...base,
        lead: reseller,
        sharedWith: null,
        reasons: [entryReason(agreed, `the matter to ${partyName(reseller)}`)],
      };
    case 'shared': {
      const [lead, other] = entry.accountable === 'reseller' ? [reseller, provider] : [provider, reseller];
      return {
        ...base,
        lead,
        sharedWith: other,
        reasons: [entryReason(agreed, 'the matter to both'), sharedReason(agreed, lead)],
      };
    }
    default:
      return entry.assignedTo satisfies never;
  }
}

function entryReason({ agreement, entry, entryNumber }: AgreedEntry, gives: string): Reason {
  const about = entry.area === null || entry.area === 'all' ? 'all areas' : entry.area;
  const pair = `provider ${agreement.providerId} and reseller ${agreement.resellerId}`;
  return {
    code: 'agreement-entry',
    text: `The agreement between ${pair} in force since ${agreement.from} gives ${gives} (${about}).`,
    source: `Agreement ${agreement.id ?? `${agreement.providerId}/${agreement.resellerId}`} from ${agreement.from}, entry ${entryNumber}`,
  };
}

function sharedReason({ entry }: AgreedEntry, accountable: NamedParty): Reason {
  const named = entry.accountable !== null;
  return {
    code: 'shared-by-agreement',
    text: `Provider and reseller share it, and ${partyName(accountable)} is accountable${named ? '' : ', since the agreement names neither'}.`,
    source: named ? SUPPORT_PAGE : HANDOFF_DEFAULT,
  };
}

function defaultSide({ subscription }: Facts, provider: NamedParty, reseller: NamedParty): CspSide {
  const designated = subscription?.supportContact ?? null;
  const lead = designated === 'reseller' ? reseller : provider;
  const why: Reason =
    designated === null
      ? {
          code: 'provider-by-default',
          text: `${partySubject(provider)} is the programme’s default contact of the subscription.`,
          source: ASSIGNING_PAGE,
        }
      : {
          code: 'support-contact-designated',
          text: `${partySubject(lead)} is designated as the support contact of the subscription.`,
          source: ASSIGNING_PAGE,
        };
  return {
    lead,
    sharedWith: null,
    handover: provider,
    told: reseller,
    reasons: [noAgreement(provider, reseller), why],
  };
}

function noAgreement(provider: NamedParty, reseller: NamedParty): Reason {
  return {
    code: 'no-agreement-in-force',
    text: `No agreement in force between ${partyName(provider)} and ${partyName(reseller)} covers this: the reseller should ask its provider for the details.`,
    source: SUPPORT_PAGE,
  };
}

function noReseller(provider: NamedParty): Reason {
  return {
    code: 'no-reseller-known',
    text: `Neither the subscription nor the customer names a reseller, so ${partyName(provider)} acts alone.`,
    source: HANDOFF_DEFAULT,
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
