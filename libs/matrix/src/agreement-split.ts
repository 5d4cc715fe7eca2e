import { bySpecificity } from './agreement-entry.js';
import type { AgreedEntry, Pair, RankedEntry, Told } from './agreement-entry.js';
import { entriesOfPair, holdsFor } from './agreement-index.js';
import type { Facts } from './facts.js';
import { instantMs } from './instants.js';

/**
 * The most specific entry in force for the ticket, over all agreements of the pair, listed or indexed:
 * `bySpecificity` says which that is. Null where no entry holds.
 */
export function agreedEntry(facts: Facts, pair: Pair): AgreedEntry | null {
  const indexed = facts.agreementIndex?.pairs.get(pair.providerId)?.get(pair.resellerId) ?? NO_ENTRIES;
  const listed = facts.agreements.length === 0 ? NO_ENTRIES : entriesOfPair(facts.agreements, pair);
  if (indexed.length === 0 && listed.length === 0) return null;
  const atMs = instantMs(facts.ticket.at);
  const told = toldBy(facts);
  let best = firstThatHolds(indexed, atMs, told);
  for (const entry of listed) {
    if (holdsFor(entry, atMs, told) && (best === null || bySpecificity(entry, best) < 0)) best = entry;
  }
  return best;
}

/** The index is sorted, so its first that holds is its best. */
function firstThatHolds(entries: readonly RankedEntry[], atMs: number, told: Told): RankedEntry | null {
  for (const entry of entries) if (holdsFor(entry, atMs, told)) return entry;
  return null;
}

const NO_ENTRIES: readonly RankedEntry[] = [];

function toldBy({ ticket, offer, subscription }: Facts): Told {
  return {
    customerId: subscription?.customerId ?? null,
    supportPlan: subscription?.supportPlan ?? null,
    offerId: offer?.id ?? null,
    publisherId: offer?.publisherId ?? null,
    kind: offer?.kind ?? null,
    area: ticket.area,
    severity: ticket.severity,
    country: ticket.country,
  };
}
