import { AREAS, CHANGES, SEVERITIES } from '@handoff/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { isCertainlyValid } from '../http/certainly-valid.js';
import { TicketBody } from './ticket.body.js';

type Payload = Readonly<Record<string, unknown>>;

const whole: Payload = {
  externalId: 'SUP-12', externalUrl: 'https://support.northwind.example/tickets/SUP-12', change: 'updated', occurredAt: '2026-11-01T09:00:00+02:00', subject: 'Sign-in fails', description: '',
  status: null, area: 'break-fix', severity: 'B', asker: 'customer', requester: { name: 'Ada', email: null }, offerId: 'contoso-crm', customerId: null, subscriptionId: 'woodgrove-crm',
  cloud: 'public', country: 'DE', language: 'en-GB', labels: ['login', 'x'], comment: { author: null, body: 'Again.', isPublic: true },
};
const closely = (payload: Payload): boolean => validateSync(plainToInstance(TicketBody, payload), { whitelist: true, forbidNonWhitelisted: true }).length === 0;

/** Values that stand at some place of some body, well or not. */
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', ' ', '\n', '\uFE0F', 'x\uFE0F', '\uD83D', 'x'.repeat(256), 'x'.repeat(257), '😀'.repeat(200), 'x'.repeat(2_049), '2026-02-30T09:00:00Z', '2026-02-01', 'de', 'DEU', ...AREAS, ...CHANGES, ...SEVERITIES));
const address = fc.oneof(fc.webUrl(), fc.constantFrom('https://desk/1', 'http://a-.example', 'http://-a.example', 'https://1.example', 'https://example.1', 'https://a..b', 'https://x.example:0', 'https://x.example:65536', 'https://x.example:9/%20', 'ftp://x.example', 'https://x.example/a b', 'https://u:p@x.example', 'https://[::1]/', 'https://127.0.0.1/x', `https://${'a'.repeat(64)}.example`, 'https://x_y.example', 'HTTPS://X.EXAMPLE'));
const value = fc.oneof(text, address, fc.boolean(), fc.integer(), fc.constantFrom(null, undefined, {}, []), fc.array(text, { maxLength: 3 }), fc.record({ name: text, email: fc.oneof(text, fc.constant(null)) }), fc.record({ body: text, isPublic: fc.boolean() }), fc.record({ body: text, isPublic: text, more: text }));
const place = fc.constantFrom(...Object.keys(whole), 'unknown', 'constructor', '__proto__');
const changed = fc.array(fc.tuple(place, value), { maxLength: 3 }).map((changes): Payload => Object.fromEntries([...Object.entries(whole), ...changes]));
const lacking = fc.subarray(Object.keys(whole)).chain((keys) => changed.map((payload): Payload => Object.fromEntries(Object.entries(payload).filter(([key]) => !keys.includes(key)))));

describe('a ticket in our own format', () => {
  it('that is certainly valid is valid', () => {
    fc.assert(fc.property(fc.oneof(changed, lacking), (payload) => !isCertainlyValid(TicketBody, payload) || closely(payload)), { numRuns: 2_000 });
  });

  it.each<[string, Payload]>([
    ['with everything', whole],
    ['with the least', { externalId: 'SUP-12', subject: 'Sign-in fails' }],
    ['that changed, without a subject', { externalId: 'SUP-12', change: 'closed', status: 'Done' }],
    ['with a new line in it', { ...whole, description: 'First.\nSecond.\tThird: "ü".' }],
  ])('%s needs no closer look', (_name, payload) => {
    expect([isCertainlyValid(TicketBody, payload), closely(payload)]).toEqual([true, true]);
  });

  it.each<[string, unknown]>([
    ['without an id', { subject: 'x' }], ['new and without a subject', { externalId: 'SUP-12' }], ['with an unknown key', { ...whole, x: 1 }],
    ['with an unknown key inside', { ...whole, comment: { body: 'x', isPublic: true, x: 1 } }], ['that is a list', [whole]], ['that is nothing', null],
  ])('%s is looked at closely', (_name, payload) => {
    expect(isCertainlyValid(TicketBody, payload)).toBe(false);
  });
});
