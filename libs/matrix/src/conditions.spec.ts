import { compile } from './compile.js';
import { decide } from './decide.js';
import { DEFAULT_MATRIX } from './default-matrix.js';
import { WEEKDAYS } from './matrix.js';
import type { Conditions, Outcome } from './matrix.js';
import { explain } from './explain.js';
import { anOffer, boughtDirectly, directBill, factsAbout, ofReseller } from './question.builder.js';
import type { Asked } from './question.builder.js';

function matrixWith(when: Conditions, then: Partial<Outcome> = { firstContact: 'csp-partner' }) {
  const row = { id: 'tried', stage: 'asker' as const, when, then, code: 'matrix-row' as const, text: 'Tried.', basis: 'default' as const, source: 'Test' };
  return compile({ version: 'draft', rows: [row, ...DEFAULT_MATRIX.rows] });
}

function holds(when: Conditions, asked: Asked): boolean {
  return decide(factsAbout('break-fix', asked), matrixWith(when)).variations.includes('tried');
}

const officeHours = { timeZone: 'Europe/Istanbul', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' } as const;
const night = { timeZone: 'Europe/Berlin', days: ['fri'], from: '22:00', to: '06:00' } as const;

describe('a condition of a row', () => {
  it.each<[sentence: string, when: Conditions, asked: Asked, expected: boolean]>([
    ['language, for its variants as well', { language: ['de'] }, { language: 'de-AT' }, true],
    ['language, as narrow as it is written', { language: ['de-CH'] }, { language: 'de-AT' }, false],
    ['language, not one that only begins like it', { language: ['de'] }, { language: 'den' }, false],
    ['language, not known', { language: ['de'] }, {}, false],
    ['language, as a ticket may write it', { language: ['pt-BR'] }, { language: 'pt_br' }, true],
    ['any language but one', { language: { not: ['de'] } }, { language: 'tr-TR' }, true],
    ['any language but one, of which it is a variant', { language: { not: ['de'] } }, { language: 'de-AT' }, false],
    ['any language but a variant', { language: { not: ['de-AT'] } }, { language: 'de' }, true],
    ['any language but one, where none is known', { language: { not: ['de'] } }, {}, false],
    ['ownership, of a product that nobody named', { ownership: ['third-party'] }, { offer: null }, true],
    ['ownership', { ownership: ['first-party'] }, { offer: anOffer({ ownership: 'first-party' }) }, true],
    ['channel, of a ticket without a subscription', { channel: ['csp'] }, { subscription: null }, true],
    ['channel', { channel: ['customer-direct'] }, { subscription: boughtDirectly }, true],
    ['kind', { kind: ['container', 'saas'] }, {}, true],
    ['kind, of a product that nobody named', { kind: ['saas'] }, { offer: null }, false],
    ['severity, one of several', { severity: ['A', 'B'] }, { severity: 'B' }, true],
    ['severity, not known', { severity: ['A', 'B'] }, {}, false],
    ['cloud', { cloud: ['us-government'] }, { cloud: 'us-government' }, true],
    ['who asks', { asker: ['isv-publisher'] }, { asker: 'isv-publisher' }, true],
    ['a source that is nobody’s, of a product whose publisher nobody named', { sourceIsResponsible: true }, { offer: null }, false],
    ['a source that is not the responsible party’s', { sourceIsResponsible: false }, { source: { partyId: '3100' } }, true],
    ['whether an outage is open', { outageOpen: false }, {}, true],
    ['whether the ticket is classified', { classified: true }, {}, true],
    ['country, however it is written', { country: ['de'] }, { country: 'DE' }, true],
    ['any country but one', { country: { not: ['DE'] } }, { country: 'FR' }, true],
    ['any country but the ticket’s', { country: { not: ['de'] } }, { country: 'DE' }, false],
    ['any country but one, where none is known', { country: { not: ['DE'] } }, {}, false],
    ['partner, who sells directly', { partnerId: ['3100'] }, { subscription: directBill }, true],
    ['partner, who is the provider', { partnerId: ['4100'] }, { subscription: ofReseller }, true],
    ['partner, who is the reseller', { partnerId: ['5200'] }, { subscription: ofReseller }, true],
    ['any partner but one who takes part', { partnerId: { not: ['5200'] } }, { subscription: ofReseller }, false],
    ['provider', { providerId: ['4100'] }, { subscription: ofReseller }, true],
    ['provider, who is a reseller here', { providerId: ['5200'] }, { subscription: ofReseller }, false],
    ['reseller', { resellerId: ['5200'] }, { subscription: ofReseller }, true],
    ['reseller associated with the customer', { resellerId: ['5300'] }, { subscription: { partner: { model: 'indirect', providerId: '4100' }, customerResellerId: '5300' } }, true],
    ['any partner but one who takes no part', { partnerId: { not: ['9'] } }, { subscription: ofReseller }, true],
    ['any partner but one, where none is known', { partnerId: { not: ['9'] } }, { subscription: null }, false],
    ['any provider but one, where none is known', { providerId: { not: ['9'] } }, { subscription: directBill }, false],
    ['any reseller but one', { resellerId: { not: ['9'] } }, { subscription: ofReseller }, true],
    ['reseller of record, though another is associated with the customer', { resellerId: ['5300'] }, { subscription: { ...ofReseller, customerResellerId: '5300' } }, false],
    ['partner of a purchase without one', { partnerId: ['3100'] }, { subscription: boughtDirectly }, false],
    ['customer, of a ticket without a subscription', { customerId: { not: ['woodgrove'] } }, { subscription: null }, false],
    ['customer', { customerId: ['woodgrove'] }, { subscription: { ...directBill, customerId: 'woodgrove' } }, true],
    ['any publisher but one, where none is known', { publisherId: { not: ['contoso'] } }, { offer: null }, false],
    ['any publisher but the ticket’s', { publisherId: { not: ['northwind', 'contoso'] } }, {}, false],
    ['offer', { offerId: ['payroll-suite'] }, {}, true],
    ['any offer but one, where none is known', { offerId: { not: ['crm'] } }, { offer: null }, false],
    ['publisher, any but one', { publisherId: { not: ['contoso'] } }, { offer: anOffer() }, true],
    ['time since', { from: '2026-05-04' }, { at: '2026-05-04T00:00:00Z' }, true],
    ['time since, too early', { from: '2026-05-04' }, { at: '2026-05-03T23:59:59Z' }, false],
    ['time until, which does not belong to it', { until: '2026-05-04T12:00:00+02:00' }, { at: '2026-05-04T10:00:00Z' }, false],
    ['time until', { until: '2026-05-04T12:00:00+02:00' }, { at: '2026-05-04T09:59:59Z' }, true],
    ['office hours, in their own time zone', { hours: officeHours }, { at: '2026-05-04T06:00:00Z' }, true],
    ['office hours, before they begin', { hours: officeHours }, { at: '2026-05-04T05:59:59Z' }, false],
    ['office hours, at their end', { hours: officeHours }, { at: '2026-05-04T15:00:00Z' }, false],
    ['office hours, on a Sunday', { hours: officeHours }, { at: '2026-05-03T09:00:00Z' }, false],
    ['a night, before midnight', { hours: night }, { at: '2026-05-08T20:30:00Z' }, true],
    ['a night, after midnight of the next day', { hours: night }, { at: '2026-05-09T03:59:00Z' }, true],
    ['a night, that began on another day', { hours: night }, { at: '2026-05-08T03:59:00Z' }, false],
    ['a night, over the end of a week', { hours: { ...night, days: ['sun'] } }, { at: '2026-05-04T03:00:00Z' }, true],
    ['a night, at its end', { hours: night }, { at: '2026-05-09T04:00:00Z' }, false],
    ['a night, at its beginning', { hours: night }, { at: '2026-05-08T20:00:00Z' }, true],
    ['a night, in the afternoon before', { hours: night }, { at: '2026-05-08T19:59:00Z' }, false],
    ['a day and a night, that end when they began', { hours: { ...night, from: '09:00', to: '09:00' } }, { at: '2026-05-09T06:59:00Z' }, true],
    ['a day and a night, when they are over', { hours: { ...night, from: '09:00', to: '09:00' } }, { at: '2026-05-09T07:00:00Z' }, false],
    ['hours to the minute', { hours: { ...officeHours, from: '09:05', to: '09:10' } }, { at: '2026-05-04T06:09:59Z' }, true],
    ['hours to the minute, when they are over', { hours: { ...officeHours, from: '09:05', to: '09:10' } }, { at: '2026-05-04T06:10:00Z' }, false],
    ['hours of a minute', { hours: { ...officeHours, from: '09:05', to: '09:06' } }, { at: '2026-05-04T06:05:00Z' }, true],
    ['a whole day', { hours: { timeZone: 'UTC', days: ['mon'], from: '00:00', to: '24:00' } }, { at: '2026-05-04T23:59:00Z' }, true],
  ])('on %s', (_sentence, when, asked, expected) => {
    expect(holds(when, asked)).toBe(expected);
  });

  it('holds in local time on both sides of a change of the clock', () => {
    const hours = { timeZone: 'Europe/Berlin', days: ['mon'], from: '09:00', to: '10:00' } as const;
    expect(holds({ hours }, { at: '2026-03-23T08:30:00Z' })).toBe(true);
    expect(holds({ hours }, { at: '2026-03-30T08:30:00Z' })).toBe(false);
    expect(holds({ hours }, { at: '2026-03-30T07:30:00Z' })).toBe(true);
  });

  it('on hours does not hold at a time that is none', () => {
    expect(holds({ hours: officeHours }, { at: 'yesterday' })).toBe(false);
    expect(holds({ hours: { ...officeHours, from: '00:00', to: '00:00', days: [...WEEKDAYS] } }, { at: 'yesterday' })).toBe(false);
  });

  it.each<[fact: string, when: Conditions, asked: Asked, because: string]>([
    ['a country', { country: { not: ['DE'] } }, { country: 'DE' }, 'country is DE; the row is for any but DE'],
    ['a language', { language: ['de'] }, { language: 'tr-TR' }, 'language is tr-TR; the row is for de'],
    ['a partner', { partnerId: ['4100'] }, {}, 'partnerId is 3100; the row is for 4100'],
  ])('on %s is explained the way it decides', (_fact, when, asked, because) => {
    const { rows } = explain(factsAbout('break-fix', asked), matrixWith(when));
    expect(rows).toContainEqual(expect.objectContaining({ id: 'tried', matched: false, because }));
  });
});

describe('what a row discloses', () => {
  const partnerAsks = () => factsAbout('break-fix', { asker: 'partner' });

  it('narrows what the partner sees of the contact', () => {
    const disclose = { 'csp-partner': { 'customer-support': ['url'] } } as const;
    expect(decide(partnerAsks(), matrixWith({ area: ['break-fix'] }, { firstContact: 'isv-publisher', disclose })).contacts).toMatchObject([
      { kind: 'customer-support', fields: ['url'], for: 'csp-partner' },
    ]);
  });

  it('leads to the next contact where nothing is left of the first', () => {
    const disclose = { 'csp-partner': { 'customer-support': [] } } as const;
    expect(decide(partnerAsks(), matrixWith({ area: ['break-fix'] }, { disclose })).contacts).toMatchObject([{ kind: 'csp-program' }]);
  });

  it('only ever narrows, row after row', () => {
    const base = { code: 'matrix-row', text: 'Tried.', basis: 'default', source: 'Test', when: { area: ['break-fix'] } } as const;
    const first = { ...base, id: 'first', stage: 'product', then: { disclose: { 'csp-partner': { 'customer-support': ['url', 'email'] } } } } as const;
    const second = { ...base, id: 'second', stage: 'source', then: { disclose: { 'csp-partner': { 'customer-support': ['phone', 'email'] } } } } as const;
    const { contacts } = decide(partnerAsks(), compile({ version: 'draft', rows: [first, second, ...DEFAULT_MATRIX.rows] }));
    expect(contacts).toMatchObject([{ kind: 'customer-support', fields: ['email'] }]);
  });
});
