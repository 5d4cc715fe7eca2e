import type { Party } from './decision.js';
import type { Parties } from './resolve-parties.js';
import { isPartner } from './partners.js';
import type { Situation } from './situation.js';

/** What the question left out and this answer would have used, as paths of the question. */
export function missingFacts({ facts, csp }: Situation, parties: Parties): readonly string[] {
  const involved = [parties.firstContact, ...(parties.responsible.role === 'shared' ? [] : [parties.responsible])];
  const needsPublisher = involved.some((party) => party.role === 'isv-publisher');
  const needsPartner = parties.usesCspPartner || parties.handsOver !== null || involved.some(isPartnerParty);
  return [
    ...(needsPublisher ? publisherGaps(facts.offer) : []),
    ...(needsPartner && facts.subscription?.channel !== 'customer-direct'
      ? partnerGaps(facts.subscription, csp.lead.partyId)
      : []),
  ];
}

function isPartnerParty(party: Party): boolean {
  return isPartner(party);
}

function publisherGaps(offer: Situation['facts']['offer']): readonly string[] {
  if (offer === null) return ['offer'];
  return [
    ...(offer.publisherId === null ? ['offer.publisherId'] : []),
    ...(offer.contacts === null ? ['offer.contacts'] : []),
  ];
}

function partnerGaps(subscription: Situation['facts']['subscription'], leadId: string | null): readonly string[] {
  if (subscription === null) return ['subscription'];
  return leadId === null ? ['subscription.partner'] : [];
}
