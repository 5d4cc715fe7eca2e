import { AREAS, ASKERS, factsOf, OFFER_KINDS, SEVERITIES } from '@handoff/matrix';
import type { Agreement, AgreementEntry, Facts, Matrix, OfferInput, Row, SubscriptionInput } from '@handoff/matrix';
import type { Dice } from './dice.js';

export const COUNTRIES = ['DE', 'TR', 'FR', 'US', 'GB', 'JP', 'BR', 'AU', 'NL', 'SE'] as const;
export const PUBLISHERS = Array.from({ length: 40 }, (_, index) => `publisher-${index}`);
const OFFERS_PER_PUBLISHER = 5;
export const AT = '2026-05-04T09:30:00Z';

/** A provider and a reseller of which `pairs` exist; the numbers are as long as those of real partners. */
export function pairOf(index: number): { providerId: string; resellerId: string } {
  return { providerId: String(1_000_000 + (index % 100)), resellerId: String(5_000_000 + index) };
}

/** The rows of a matrix, and as many of the user's own before them as make `rowCount` in all. */
export function widened(matrix: Matrix, rowCount: number, chance: Dice): Matrix {
  const own = Array.from({ length: Math.max(0, rowCount - matrix.rows.length) }, (_, index) => ownRow(index, chance));
  return { version: `bench-${rowCount}`, rows: [...own, ...matrix.rows] };
}

/** A narrower rule, as a house writes them: for some countries, a publisher, an offer or a severity. */
function ownRow(index: number, chance: Dice): Row {
  const publisher = chance.pick(PUBLISHERS);
  const narrowings: Row['when'][] = [
    { country: [chance.pick(COUNTRIES), chance.pick(COUNTRIES)], severity: ['A'] },
    { publisherId: [publisher, chance.pick(PUBLISHERS)] },
    { offerId: [offerId(publisher, chance)], severity: ['A', 'B'] },
    { publisherId: [publisher], country: [chance.pick(COUNTRIES)] },
    { kind: [chance.pick(OFFER_KINDS)], country: [chance.pick(COUNTRIES)], severity: [chance.pick(SEVERITIES)] },
  ];
  const when = { ...chance.pick(narrowings), ...(chance.oneIn(3) ? {} : { area: [chance.pick(AREAS), chance.pick(AREAS)] }) };
  return {
    id: `own-${index}`,
    stage: chance.pick(['product', 'asker'] as const),
    when,
    then: { informed: ['csp-partner'] },
    code: 'matrix-row',
    text: `House rule ${index}.`,
    basis: 'default',
    source: 'House rules',
  };
}

/** `count` agreements, each of a pair of its own but for every tenth, which is an earlier one of another's. */
export function agreements(count: number, chance: Dice): readonly Agreement[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `agreement-${index}`,
    ...pairOf(index % 10 === 9 ? index - 1 : index),
    from: chance.oneIn(2) ? '2026-01-01' : '2025-07-01T00:00:00Z',
    to: chance.oneIn(8) ? '2026-03-01' : null,
    entries: Array.from({ length: 1 + chance.below(5) }, () => entry(chance)),
  }));
}

function entry(chance: Dice): AgreementEntry {
  const assignedTo = chance.pick(['provider', 'reseller', 'shared'] as const);
  return {
    area: chance.oneIn(4) ? 'all' : chance.pick(AREAS),
    customerId: null,
    supportPlan: chance.oneIn(6) ? 'premier' : null,
    publisherId: chance.oneIn(5) ? chance.pick(PUBLISHERS) : null,
    offerId: null,
    kind: null,
    country: chance.oneIn(5) ? chance.pick(COUNTRIES) : null,
    severity: chance.oneIn(5) ? chance.pick(SEVERITIES) : null,
    assignedTo,
    accountable: assignedTo === 'shared' ? 'provider' : null,
  };
}

/** `count` questions over all areas and askers, most about the subscription of a pair that has an agreement. */
export function questions(count: number, pairs: number, chance: Dice): Facts[] {
  return Array.from({ length: count }, () =>
    factsOf(
      {
        ticket: {
          area: chance.oneIn(40) ? null : chance.pick(AREAS),
          severity: chance.pick(SEVERITIES),
          asker: chance.oneIn(2) ? 'customer' : chance.pick(ASKERS),
          at: AT,
          cloud: chance.oneIn(30) ? 'us-government' : 'public',
          country: chance.pick(COUNTRIES),
          source: chance.oneIn(10) ? { partyId: chance.pick(PUBLISHERS) } : null,
        },
        offer: chance.oneIn(20) ? null : offer(chance),
        subscription: subscription(pairs, chance),
        preferences: { partnerFirst: chance.oneIn(6) },
      },
      AT,
    ),
  );
}

function offerId(publisher: string, chance: Dice): string {
  return `${publisher}-offer-${chance.below(OFFERS_PER_PUBLISHER)}`;
}

function offer(chance: Dice): OfferInput {
  const publisherId = chance.pick(PUBLISHERS);
  const site = `https://${publisherId}.example`;
  return {
    id: offerId(publisherId, chance),
    publisherId,
    ownership: chance.oneIn(12) ? 'first-party' : 'third-party',
    kind: chance.pick(OFFER_KINDS),
    contacts: {
      customerSupport: { name: 'Help desk', email: `help@${publisherId}.example`, phone: '+49 1', url: `${site}/help` },
      cspProgram: chance.oneIn(2) ? {} : { email: `partners@${publisherId}.example` },
      engineering: { name: 'On call', email: `oncall@${publisherId}.example` },
    },
    documents: [{ title: 'Guide', url: `${site}/guide` }],
  };
}

function subscription(pairs: number, chance: Dice): SubscriptionInput | null {
  if (chance.oneIn(15)) return null;
  if (chance.oneIn(15)) return { channel: 'customer-direct' };
  if (chance.oneIn(4)) return { partner: { model: 'direct-bill', partnerId: String(3_000_000 + chance.below(500)) } };
  return { partner: { model: 'indirect', ...pairOf(chance.below(pairs)) }, supportContact: chance.oneIn(3) ? 'reseller' : null };
}
