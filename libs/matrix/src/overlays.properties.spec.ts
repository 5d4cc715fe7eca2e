import fc from 'fast-check';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import { audienceFields } from './disclosure.js';
import { applyOverlays } from './overlays.js';
import type { Overlay } from './overlays.js';
import { boughtDirectly, defaultMatrix, directBill, factsAbout, microsoft, ofReseller } from './question.builder.js';
import { AREAS, ASKERS, CLOUDS } from './vocabulary.js';

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
  const matrix = defaultMatrix();
  fc.assert(
    fc.property(question, fc.array(overlay, { maxLength: 4 }), ({ area, ...asked }, overlays) => {
      const facts = factsAbout(area, asked);
      holds(decide(facts, matrix), decide(applyOverlays(facts, overlays), matrix));
    }),
    { numRuns: fc.readConfigureGlobal().numRuns ?? 500 },
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
