import { instantMs } from './instants.js';
import type { Facts, HealthNotice, PartnerFirstScope } from './facts.js';
import type { RowParty } from './matrix.js';
import { ascending } from './ordering.js';
import { cspSideOf, resolvedAsker } from './partners.js';
import type { CspSide, ResolvedAsker } from './partners.js';

/** The facts, and what follows from them before any row is read. */
export interface Situation {
  readonly facts: Facts;
  readonly asker: ResolvedAsker;
  readonly csp: CspSide;
  readonly partnerFirst: boolean;
  readonly outage: HealthNotice | null;
}

export function situationOf(facts: Facts): Situation {
  const csp = cspSideOf(facts);
  return {
    facts,
    asker: resolvedAsker(facts),
    csp,
    partnerFirst: facts.partnerFirst.some((scope) => isInScope(scope, facts, csp)),
    outage: openOutage(facts),
  };
}

/** The id by which a source names the responsible party; shared matters belong to the accountable one. */
export function partyIdOf(party: RowParty, { facts, csp }: Situation): string | null {
  switch (party) {
    case 'csp-partner':
      return csp.lead.partyId;
    case 'handover-partner':
      return csp.handover.partyId;
    case 'isv-publisher':
      return facts.offer?.publisherId ?? null;
    case 'microsoft':
      return 'microsoft';
  }
}

function isInScope(scope: PartnerFirstScope, { offer }: Facts, csp: CspSide): boolean {
  return (
    (scope.partnerId === null || scope.partnerId === csp.lead.partyId) &&
    (scope.publisherId === null || scope.publisherId === offer?.publisherId) &&
    (scope.offerId === null || scope.offerId === offer?.id)
  );
}

/** The earliest notice of the offer whose period covers the ticket's time; by id where two began together. */
function openOutage({ ticket, offer, openHealthNotices }: Facts): HealthNotice | null {
  const offerId = offer?.id ?? null;
  if (offerId === null || openHealthNotices.length === 0) return null;
  const atMs = instantMs(ticket.at);
  const covering = openHealthNotices.filter(
    (notice) => notice.offerId === offerId && startMs(notice) <= atMs && atMs < endMs(notice),
  );
  return covering.toSorted((a, b) => ascending(startMs(a), startMs(b)) || ascending(a.id, b.id))[0] ?? null;
}

function startMs({ startedAt }: HealthNotice): number {
  return startedAt === null ? -Infinity : instantMs(startedAt);
}

function endMs({ endedAt }: HealthNotice): number {
  return endedAt === null ? Infinity : instantMs(endedAt);
}
