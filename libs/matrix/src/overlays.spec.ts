import { decide } from './decide.js';
import { applyOverlays, lintOverlay } from './overlays.js';
import type { Overlay } from './overlays.js';
import { anOffer, defaultMatrix, factsAbout, thePartner, thePublisher, theReseller } from './question.builder.js';

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

  it('cannot be a publisher’s wish for what is a partner’s choice', () => {
    const overlay: Overlay = { owner: 'publisher/northwind', prefer: { partnerFirst: [{}], informed: [] } };
    expect(lintOverlay(overlay, 'overlays[0]').map(({ code }) => code)).toEqual(['preference-not-owners', 'preference-not-owners']);
    expect(lintOverlay({ owner: 'microsoft', prefer: {} }, 'overlays[0]')).toMatchObject([{ code: 'owner-unknown', path: 'overlays[0].owner' }]);
    expect(lintOverlay({ owner: 'partner/1', prefer: { informed: [] } }, '')).toEqual([]);
  });
});
