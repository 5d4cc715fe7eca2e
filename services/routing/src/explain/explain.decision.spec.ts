import type { DirectorySlice } from '../directory/directory.js';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { keysOfQuestion, questionFrom, unknownIds } from './explain.decision.js';
import { explainRequest, ignoredPaths } from './explain.request.js';

const NOW = '2026-11-02T08:00:00Z';
const byId = <T extends { id: string }>(entries: readonly T[]) => new Map(entries.map((entry) => [entry.id, entry]));
const all: DirectorySlice = { publishers: byId(DEMO_DIRECTORY.publishers), offers: byId(DEMO_DIRECTORY.offers), partners: byId(DEMO_DIRECTORY.partners), customers: byId(DEMO_DIRECTORY.customers), subscriptions: byId(DEMO_DIRECTORY.subscriptions), agreements: DEMO_DIRECTORY.agreements, calendars: new Map(), healthNotices: [] };
const none: DirectorySlice = { publishers: new Map(), offers: new Map(), partners: new Map(), customers: new Map(), subscriptions: new Map(), agreements: [], calendars: new Map(), healthNotices: [] };
const body = (rest: object = {}) => explainRequest.parse({ ticket: { area: 'payment' }, ...rest });

describe('a question to the matrix', () => {
  it('needs nothing but an area', () => {
    expect(questionFrom(body(), none, NOW)).toMatchObject({ ticket: { area: 'payment' }, offer: null, subscription: null, agreements: [] });
  });

  it('that is all inline uses nothing of the directory, whatever the ids in it', () => {
    const inline = body({ offer: { id: 'contoso-crm', publisherId: 'contoso', contacts: {} }, subscription: { channel: 'csp', partner: { model: 'indirect', providerId: '1001', resellerId: '2002' } } });
    expect(keysOfQuestion(inline)).toEqual({ offerIds: [], subscriptionIds: [], customerIds: [], partnerIds: [] });
    expect(questionFrom(inline, none, NOW)).toMatchObject({ offer: { publisherId: 'contoso', contacts: {} }, agreements: [] });
  });

  it.each([
    ['as a text', { offer: 'contoso-crm', subscription: 'woodgrove-crm' }],
    ['as an id beside', { offerId: 'contoso-crm', subscriptionId: 'woodgrove-crm' }],
    ['as an object that is only an id', { offer: { id: 'contoso-crm' }, subscription: { id: 'woodgrove-crm' } }],
  ])('may name what the directory knows %s', (_how, rest) => {
    expect(keysOfQuestion(body(rest))).toMatchObject({ offerIds: ['contoso-crm'], subscriptionIds: ['woodgrove-crm'] });
    expect(questionFrom(body(rest), all, NOW)).toMatchObject({ offer: { publisherId: 'contoso' }, subscription: { partner: { providerId: '1001', resellerId: '2002' } } });
  });

  it('names the customer alone, and its partner and the offer lead to the rest', () => {
    expect(questionFrom(body({ customerId: 'woodgrove', offer: 'contoso-crm' }), all, NOW)).toMatchObject({ subscription: { customerId: 'woodgrove', partner: { resellerId: '2002' } }, ticket: { country: 'DE' } });
  });

  it('about ids that the directory does not have says which', () => {
    expect(unknownIds(body({ offer: 'nothing', subscription: 'nobody', customerId: 'nowhere' }), none).map(({ field }) => field)).toEqual(['/offer', '/subscription', '/customer']);
    expect(unknownIds(body({ offer: { id: 'nothing' } }), none)).toEqual([]);
  });

  it('may say more than is used; what was ignored is named', () => {
    const asked = { ticket: { area: 'payment', mood: 'bad' }, oferr: {}, agreements: [{ providerId: '1', resellerId: '2', from: '2026-01-01', entries: [{ assignedTo: 'provider', areas: 'payment' }] }] };
    expect(ignoredPaths(asked, explainRequest.parse(asked))).toEqual(['/ticket/mood', '/oferr', '/agreements/0/entries/0/areas']);
  });

  it.each([
    ['an area that nobody knows', { ticket: { area: 'weather' } }],
    ['no ticket', { ticket: undefined }],
    ['a date that is none', { ticket: { area: 'payment', at: 'yesterday' } }],
    ['an agreement without a beginning', { agreements: [{ providerId: '1', resellerId: '2', entries: [] }] }],
  ])('with %s is refused', (_what, rest) => {
    expect(explainRequest.safeParse({ ticket: { area: 'payment' }, ...rest }).success).toBe(false);
  });
});
