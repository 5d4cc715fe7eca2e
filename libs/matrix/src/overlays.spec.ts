import { decide } from './decide.js';
import type { Facts } from './facts.js';
import { applyOverlays, lintOverlay } from './overlays.js';
import type { Overlay } from './overlays.js';
import { anOffer, boughtDirectly, defaultMatrix, factsAbout, ofReseller, thePartner, thePublisher, theReseller } from './question.builder.js';

const decidedWith = (overlays: readonly Overlay[], ...asked: Parameters<typeof factsAbout>) =>
  decide(applyOverlays(factsAbout(...asked), overlays), defaultMatrix());

describe('an overlay', () => {
  it('lets a partner hear first of a publisher’s product, who stays responsible', () => {
    const overlays: Overlay[] = [{ owner: 'partner/3100', prefer: { partnerFirst: [{ publisherId: 'northwind' }] } }];
    expect(decidedWith(overlays, 'break-fix')).toMatchObject({ responsible: thePublisher, firstContact: thePartner });
    expect(decidedWith(overlays, 'break-fix', { offer: anOffer({ publisherId: 'contoso' }) }).firstContact).not.toEqual(thePartner);
  });

  it('does not count for the tickets of others', () => {
    const overlays: Overlay[] = [{ owner: 'partner/9999', prefer: { partnerFirst: [{}], informed: [], contactOrder: ['csp-program'] } }];
    expect(decidedWith(overlays, 'break-fix', { asker: 'partner' })).toEqual(decidedWith([], 'break-fix', { asker: 'partner' }));
  });

  it('chooses which of the contacts comes first, and the publisher’s wish outranks the partner’s', () => {
    const partners: Overlay = { owner: 'partner/3100', prefer: { contactOrder: ['csp-program'] } };
    const publishers: Overlay = { owner: 'publisher/northwind', prefer: { contactOrder: ['customer-support'] } };
    expect(decidedWith([partners], 'break-fix', { asker: 'partner' }).reachedBy).toBe('csp-program');
    expect(decidedWith([partners, publishers], 'break-fix', { asker: 'partner' }).reachedBy).toBe('customer-support');
  });

  it('counts for the reseller associated with the customer, where the subscription names none', () => {
    const overlays: Overlay[] = [{ owner: 'partner/5200', prefer: { informed: [] } }];
    const subscription = { partner: { model: 'indirect', providerId: '4100' }, customerResellerId: '5200' } as const;
    expect(decidedWith([], 'payment', { subscription }).informed).toEqual([theReseller]);
    expect(decidedWith(overlays, 'payment', { subscription }).informed).toEqual([]);
  });

  it('of a publisher does not count for a product whose publisher nobody told', () => {
    const overlays: Overlay[] = [{ owner: 'publisher/null', prefer: { contactOrder: ['csp-program'] } }];
    const asked = { asker: 'partner', offer: anOffer({ publisherId: null }) } as const;
    expect(decidedWith(overlays, 'break-fix', asked).reachedBy).toBe('customer-support');
  });

  it('spares a partner what others handle, except in the areas that it names', () => {
    const overlays: Overlay[] = [{ owner: 'partner/3100', prefer: { informed: ['service-health'] } }];
    expect(decidedWith(overlays, 'break-fix').informed).toEqual([]);
    expect(decidedWith(overlays, 'service-health').informed).toEqual([thePartner]);
  });

  it('spares a partner nothing of a ticket that nobody has classified yet', () => {
    const overlays: Overlay[] = [{ owner: 'partner/3100', prefer: { informed: [] } }];
    expect(applyOverlays(factsAbout(null), overlays).preferences?.uninformed).toEqual([]);
  });

  it('adds to what the facts say already, and leaves alone what it does not name', () => {
    const facts: Facts = {
      ...factsAbout('payment', { subscription: ofReseller, preferences: { partnerFirst: true } }),
      preferences: { contactOrder: ['csp-program'], uninformed: ['9999'] },
    };
    const overlays: Overlay[] = [
      { owner: 'partner/4100', prefer: { partnerFirst: [{}, { publisherId: 'northwind', offerId: 'payroll-suite' }] } },
      { owner: 'partner/5200', prefer: { informed: ['other'] } },
    ];
    expect(applyOverlays(facts, overlays)).toEqual({
      ...facts,
      partnerFirst: [
        { partnerId: null, publisherId: null, offerId: null },
        { partnerId: '4100', publisherId: null, offerId: null },
        { partnerId: '4100', publisherId: 'northwind', offerId: 'payroll-suite' },
      ],
      preferences: { contactOrder: ['csp-program'], uninformed: ['9999', '5200'] },
    });
  });

  it('changes nothing where nobody prefers anything', () => {
    const facts = factsAbout('payment', { subscription: boughtDirectly, offer: null });
    const preferences = { contactOrder: [], uninformed: [] };
    expect(applyOverlays(facts, [])).toEqual({ ...facts, preferences });
    expect(applyOverlays({ ...facts, subscription: null }, [])).toEqual({ ...facts, subscription: null, preferences });
  });

  it('belongs to a partner or a publisher, by an id', () => {
    const unknown = (owner: string) => [
      {
        severity: 'error',
        code: 'owner-unknown',
        path: 'overlays[0].owner',
        message: `'${owner}' is neither a partner nor a publisher.`,
        remedy: "Write 'partner/<id>' or 'publisher/<id>'.",
      },
    ];
    for (const owner of ['microsoft', 'partner/', 'a partner/3100', 'publisher']) {
      expect(lintOverlay({ owner, prefer: {} }, 'overlays[0]')).toEqual(unknown(owner));
    }
    expect(lintOverlay({ owner: 'partner/1', prefer: { partnerFirst: [], informed: [], contactOrder: [] } }, '')).toEqual([]);
    expect(lintOverlay({ owner: 'publisher/1', prefer: { contactOrder: [] } }, '')).toEqual([]);
  });

  it('cannot be a publisher’s wish for what is a partner’s choice', () => {
    const overlay: Overlay = { owner: 'publisher/northwind', prefer: { partnerFirst: [{}], informed: [] } };
    const refused = (name: string) => ({
      severity: 'error',
      code: 'preference-not-owners',
      path: `overlays[0].prefer.${name}`,
      message: `'${name}' is a partner's choice, and 'publisher/northwind' is a publisher.`,
      remedy: "Move it to an overlay whose owner is 'partner/<id>'.",
    });
    expect(lintOverlay(overlay, 'overlays[0]')).toEqual([refused('partnerFirst'), refused('informed')]);
  });
});
