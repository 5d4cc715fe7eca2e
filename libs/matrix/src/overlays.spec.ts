import fc from 'fast-check';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import { audienceFields } from './disclosure.js';
import { applyOverlays, lintOverlay } from './overlays.js';
import type { Overlay } from './overlays.js';
import { anOffer, boughtDirectly, defaultMatrix, directBill, factsAbout, microsoft, ofReseller, thePartner, thePublisher } from './question.builder.js';
import { AREAS, ASKERS, CLOUDS } from './vocabulary.js';

const decidedWith = (overlays: readonly Overlay[], ...asked: Parameters<typeof factsAbout>) =>
  decide(applyOverlays(factsAbout(...asked), overlays), defaultMatrix);

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

const kinds = fc.uniqueArray(fc.constantFrom('customer-support' as const, 'csp-program' as const));
const overlay: fc.Arbitrary<Overlay> = fc.record({
  owner: fc.constantFrom('partner/3100', 'partner/4100', 'partner/5200', 'publisher/northwind'),
  prefer: fc.record(
    {
      partnerFirst: fc.array(fc.constantFrom({}, { publisherId: 'northwind' }, { offerId: 'other' }), { maxLength: 2 }),
      contactOrder: kinds,
      informed: fc.subarray([...AREAS]),
    },
    { requiredKeys: [] },
  ),
});
const question = fc.record({
  area: fc.constantFrom(...AREAS),
  asker: fc.constantFrom(...ASKERS),
  cloud: fc.constantFrom(...CLOUDS),
  subscription: fc.constantFrom(directBill, ofReseller, boughtDirectly, null),
});

function everyOverlay(holds: (plain: Decision, overlaid: Decision) => void): void {
  fc.assert(
    fc.property(question, fc.array(overlay, { maxLength: 4 }), ({ area, ...asked }, overlays) => {
      holds(decidedWith([], area, asked), decidedWith(overlays, area, asked));
    }),
    { numRuns: 500 },
  );
}

describe('whatever overlays say', () => {
  it('no contact is disclosed more widely than the rules allow, and a customer sees no more than without', () => {
    everyOverlay((plain, { contacts }) => {
      for (const { kind, fields, for: audience } of contacts) {
        expect(fields.filter((field) => !audienceFields(kind, audience).includes(field))).toEqual([]);
        if (audience === 'customer') expect({ kind, fields }).toEqual({ kind: 'customer-support', fields: ['url'] });
      }
      const shows = (decision: Decision) => decision.contacts.some(({ kind }) => kind === 'engineering');
      expect(shows({ ...plain, contacts }) && !shows(plain)).toBe(false);
    });
  });

  it('the same party is responsible, and answers by the same row', () => {
    everyOverlay((plain, overlaid) => {
      expect(overlaid.responsible).toEqual(plain.responsible);
      expect([overlaid.row, overlaid.accountable]).toEqual([plain.row, plain.accountable]);
      if (plain.responsible?.role === 'microsoft') expect(overlaid.responsible).toEqual(microsoft);
    });
  });

  it('nobody is informed who would not have been, or heard first', () => {
    everyOverlay((plain, overlaid) => {
      const known = [...plain.informed, plain.firstContact];
      for (const party of overlaid.informed) expect(known).toContainEqual(party);
    });
  });
});
