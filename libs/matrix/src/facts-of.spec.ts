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

  it('keep all that is told, without the blanks around it', () => {
    const contact = { name: ' Help desk ', email: ' help@northwind.example ', phone: ' +49 1 ', url: ' https://northwind.example ' };
    const entry = {
      area: 'payment',
      customerId: ' c-1 ',
      supportPlan: ' gold ',
      publisherId: ' northwind ',
      offerId: ' suite ',
      kind: 'saas',
      country: ' de ',
      severity: 'A',
      assignedTo: 'shared',
      accountable: 'reseller',
    } as const;
    const { offer, subscription, agreements, partnerFirst, openHealthNotices } = factsOf(
      {
        ticket: {},
        offer: {
          id: ' suite ',
          publisherId: ' northwind ',
          ownership: 'first-party',
          kind: 'saas',
          contacts: { customerSupport: contact, cspProgram: contact, engineering: contact },
          governmentSupportUrl: ' https://gov.example ',
          documents: [{ title: 'Guide', url: 'https://northwind.example/guide', kind: ' guide ' }, { title: 'B', url: 'b' }],
          clouds: ['china'],
        },
        subscription: {
          channel: 'customer-direct',
          partner: { model: 'indirect', providerId: ' 4100 ', resellerId: ' 5200 ' },
          customerResellerId: ' 5300 ',
          supportContact: 'reseller',
          customerId: ' c-1 ',
          supportPlan: ' gold ',
        },
        agreements: [{ id: ' a-1 ', providerId: ' 4100 ', resellerId: ' 5200 ', from: '2026-01-01', to: ' 2027-01-01 ', entries: [entry] }],
        preferences: { partnerFirst: [{ partnerId: ' 3100 ', publisherId: ' northwind ', offerId: ' suite ' }] },
        openHealthNotices: [{ id: 'n', offerId: ' crm ', summary: ' Down ', startedAt: ' 2026-01-01 ', endedAt: ' 2026-01-02 ' }],
      },
      NOW,
    );
    const told = { name: 'Help desk', email: 'help@northwind.example', phone: '+49 1', url: 'https://northwind.example' };
    expect(offer).toEqual({
      id: 'suite',
      publisherId: 'northwind',
      ownership: 'first-party',
      kind: 'saas',
      contacts: { 'customer-support': told, 'csp-program': told, engineering: told },
      governmentSupportUrl: 'https://gov.example',
      documents: [
        { title: 'Guide', url: 'https://northwind.example/guide', kind: 'guide' },
        { title: 'B', url: 'b', kind: null },
      ],
      clouds: ['china'],
    });
    expect(subscription).toEqual({
      channel: 'customer-direct',
      partner: { model: 'indirect', providerId: '4100', resellerId: '5200' },
      customerResellerId: '5300',
      supportContact: 'reseller',
      customerId: 'c-1',
      supportPlan: 'gold',
    });
    expect(agreements).toEqual([
      {
        id: 'a-1',
        providerId: '4100',
        resellerId: '5200',
        from: '2026-01-01',
        to: '2027-01-01',
        entries: [{ ...entry, customerId: 'c-1', supportPlan: 'gold', publisherId: 'northwind', offerId: 'suite', country: 'DE' }],
      },
    ]);
    expect(partnerFirst).toEqual([{ partnerId: '3100', publisherId: 'northwind', offerId: 'suite' }]);
    expect(openHealthNotices).toEqual([{ id: 'n', offerId: 'crm', summary: 'Down', startedAt: '2026-01-01', endedAt: '2026-01-02' }]);
  });

  it('take an empty text for one that was not told', () => {
    const { ticket, subscription, agreements } = factsOf(
      {
        ticket: { at: ' ', country: '', language: ' ', source: { partyId: '' } },
        subscription: { partner: { model: 'direct-bill', partnerId: ' ' } },
        agreements: [{ id: '', providerId: '4100', resellerId: '5200', from: '2026-01-01', to: '', entries: [{ assignedTo: 'provider' }] }],
      },
      NOW,
    );
    expect(ticket).toMatchObject({ at: NOW, country: null, language: null, sourcePartyId: null });
    expect(subscription?.partner).toEqual({ model: 'direct-bill', partnerId: null });
    const nothing = { area: null, customerId: null, supportPlan: null, publisherId: null, offerId: null, kind: null, country: null, severity: null, accountable: null };
    expect(agreements).toMatchObject([{ id: null, to: null, entries: [{ ...nothing, assignedTo: 'provider' }] }]);
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
    expect(factsOf({ ticket: {}, preferences: { partnerFirst: false } }, NOW).partnerFirst).toEqual([]);
    expect(factsOf({ ticket: {}, preferences: {} }, NOW).partnerFirst).toEqual([]);
  });

  it('keep the order of contacts that is preferred', () => {
    const { preferences } = factsOf({ ticket: {}, preferences: { contactOrder: ['csp-program'] } }, NOW);
    expect(preferences).toEqual({ contactOrder: ['csp-program'], uninformed: [] });
  });

  it('keep who does not want to be told', () => {
    const { preferences } = factsOf({ ticket: {}, preferences: { uninformed: ['5200'] } }, NOW);
    expect(preferences).toEqual({ contactOrder: [], uninformed: ['5200'] });
  });
});
