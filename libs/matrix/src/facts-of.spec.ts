import { factsOf } from './facts-of.js';
import { NOW } from './question.builder.js';

describe('the facts of a question', () => {
  it('are complete, though the question names only an area', () => {
    expect(factsOf({ ticket: { area: 'payment' } }, NOW)).toEqual({
      ticket: {
        area: 'payment',
        severity: null,
        asker: 'customer',
        at: NOW,
        cloud: 'public',
        country: null,
        language: null,
        sourcePartyId: null,
      },
      offer: null,
      subscription: null,
      agreements: [],
      partnerFirst: [],
      openHealthNotices: [],
    });
  });

  it('take a ticket without an area as not classified', () => {
    expect(factsOf({ ticket: {} }, NOW).ticket.area).toBeNull();
  });

  it('keep what the ticket says of itself', () => {
    const ticket = {
      area: 'other',
      severity: 'B',
      asker: 'partner',
      at: '2026-01-01T00:00:00Z',
      cloud: 'china',
      country: ' de ',
      language: 'en',
      source: { partyId: '1' },
    } as const;
    expect(factsOf({ ticket }, NOW).ticket).toEqual({
      area: 'other',
      severity: 'B',
      asker: 'partner',
      at: '2026-01-01T00:00:00Z',
      cloud: 'china',
      country: 'DE',
      language: 'en',
      sourcePartyId: '1',
    });
  });

  it('take an offer of which little is told', () => {
    expect(factsOf({ ticket: {}, offer: { id: 'x' } }, NOW).offer).toEqual({
      id: 'x',
      publisherId: null,
      ownership: 'third-party',
      kind: null,
      contacts: null,
      governmentSupportUrl: null,
      documents: [],
      clouds: [],
    });
  });

  it('tell contacts that are empty from contacts that nobody told', () => {
    const empty = { name: null, email: null, phone: null, url: null };
    const { offer } = factsOf(
      { ticket: {}, offer: { contacts: { customerSupport: { name: '', email: ' ' }, cspProgram: null } } },
      NOW,
    );
    expect(offer?.contacts).toEqual({ 'customer-support': empty, 'csp-program': empty, engineering: empty });
  });

  it('take a subscription through CSP unless it says otherwise', () => {
    expect(factsOf({ ticket: {}, subscription: {} }, NOW).subscription).toEqual({
      channel: 'csp',
      partner: null,
      customerResellerId: null,
      supportContact: null,
      customerId: null,
      supportPlan: null,
    });
  });

  it('take a health notice that names no offer as one of the offer in question', () => {
    const { openHealthNotices } = factsOf(
      { ticket: {}, offer: { id: 'x' }, openHealthNotices: [{ id: 'n', summary: 'Down' }] },
      NOW,
    );
    expect(openHealthNotices).toEqual([{ id: 'n', offerId: 'x', summary: 'Down', startedAt: null, endedAt: null }]);
    expect(factsOf({ ticket: {}, openHealthNotices: [{ id: 'n' }] }, NOW).openHealthNotices[0]?.offerId).toBeNull();
  });

  it('take a preference for everything as one scope without conditions', () => {
    const everything = [{ partnerId: null, publisherId: null, offerId: null }];
    expect(factsOf({ ticket: {}, preferences: { partnerFirst: true } }, NOW).partnerFirst).toEqual(everything);
    expect(factsOf({ ticket: {}, preferences: { partnerFirst: [{}] } }, NOW).partnerFirst).toEqual(everything);
    expect(factsOf({ ticket: {}, preferences: {} }, NOW).partnerFirst).toEqual([]);
  });

  it('keep the order of contacts that is preferred', () => {
    const { preferences } = factsOf({ ticket: {}, preferences: { contactOrder: ['csp-program'] } }, NOW);
    expect(preferences).toEqual({ contactOrder: ['csp-program'], uninformed: [] });
  });
});
