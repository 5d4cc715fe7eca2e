import type { Facts } from './facts.js';
import { isPartner } from './partners.js';
import type { CspSide } from './partners.js';
import type { Parties } from './resolve-parties.js';
import type { Situation } from './situation.js';

/** What the question left out and this answer would have used, as paths of the question. */
export function missingFacts({ facts, csp }: Situation, parties: Parties): readonly string[] {
  const { firstContact, responsible, usesCspPartner, handsOver } = parties;
  const missing: string[] = [];
  if (firstContact.role === 'isv-publisher' || responsible.role === 'isv-publisher') addPublisherGaps(missing, facts);
  const isPartners = isPartner(firstContact) || isPartner(responsible);
  const needsPartner = isPartners || usesCspPartner || handsOver !== null;
  if (needsPartner && facts.subscription?.channel !== 'customer-direct') addPartnerGaps(missing, facts, csp);
  return missing;
}

function addPublisherGaps(missing: string[], { offer }: Facts): void {
  if (offer === null) {
    missing.push('offer');
    return;
  }
  if (offer.publisherId === null) missing.push('offer.publisherId');
  if (offer.contacts === null) missing.push('offer.contacts');
}

function addPartnerGaps(missing: string[], { subscription }: Facts, csp: CspSide): void {
  if (subscription === null) missing.push('subscription');
  else if (csp.lead.partyId === null) missing.push('subscription.partner');
}
