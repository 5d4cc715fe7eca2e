import type { DirectorySlice, Partner, ResponseTarget } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';
import { modeOf, targetOf } from './target.decision.js';

const A = (minutes: number, calendarId?: string): ResponseTarget => ({ severity: 'A', minutes, ...(calendarId === undefined ? {} : { calendarId }) });

interface Targets {
  readonly plan?: readonly ResponseTarget[];
  readonly offer?: readonly ResponseTarget[];
  readonly partner?: readonly ResponseTarget[];
  readonly otherPartner?: readonly ResponseTarget[];
}

function directoryOf({ plan, offer, partner, otherPartner }: Targets): DirectorySlice {
  const targets = (responseTargets: readonly ResponseTarget[] | undefined) => (responseTargets === undefined ? {} : { responseTargets });
  return {
    publishers: new Map([['contoso', { id: 'contoso', name: 'Contoso', acknowledgement: 'all' }]]),
    offers: new Map([['crm', { id: 'crm', publisherId: 'contoso', name: 'CRM', ownership: 'third-party', kind: 'saas', listing: {}, plans: [{ id: 'gold', name: 'Gold', ...targets(plan) }], ...targets(offer) }]]),
    partners: new Map<string, Partner>([
      ['1', { id: '1', name: 'One', model: 'indirect-provider', contacts: {}, ...targets(partner) }],
      ['2', { id: '2', name: 'Two', model: 'indirect-reseller', contacts: {}, ...targets(otherPartner) }],
    ]),
    customers: new Map(), subscriptions: new Map([['s', { id: 's', customerId: 'c', offerId: 'crm', channel: 'csp', planId: 'gold' }]]),
    agreements: [], calendars: new Map(), healthNotices: [],
  };
}

function find(targets: Targets, ticket: Partial<TicketState> = {}, asked: readonly string[] = ['partner/1', 'partner/2']) {
  const state: TicketState = { ticketId: 't', source: 's', sourceParty: null, externalId: '1', externalUrl: null, isClosed: false, occurredAt: '2026-11-02T08:00:00.000Z', severity: 'A', subscriptionId: 's', ...ticket };
  return targetOf({ ticket: state, offerId: 'crm', asked, directory: directoryOf(targets) });
}

describe('the response target of a ticket', () => {
  it.each([
    ['that of the plan before all others', { plan: [A(10)], offer: [A(20)], partner: [A(5)] }, 10],
    ['that of the offer before that of the partner', { offer: [A(20)], partner: [A(5)] }, 20],
    ['that of the offer where the plan has none of the severity', { plan: [{ severity: 'B', minutes: 1 }], offer: [A(20)] }, 20],
    ['of several partners that act the shortest', { partner: [A(30)], otherPartner: [A(15)] }, 15],
  ] as const)('is %s', (_what, targets, minutes) => {
    expect(find(targets)).toEqual({ minutes, calendarId: null });
  });

  it('is that of the offer where the ticket names no subscription, and so no plan', () => {
    expect(find({ plan: [A(10)], offer: [A(20, 'office')] }, { subscriptionId: null })).toEqual({ minutes: 20, calendarId: 'office' });
  });

  it('is that of the least severity where nobody named one', () => {
    expect(find({ offer: [A(20), { severity: 'C', minutes: 480 }] }, { severity: null })).toEqual({ minutes: 480, calendarId: null });
  });

  it('is none where a publisher acts and its offer has none: a partner promised nothing for it', () => {
    expect(find({ partner: [A(30)] }, {}, ['isv/contoso'])).toBeNull();
  });
});

describe('who of several must acknowledge', () => {
  it('is the first, unless one of them wants all to', () => {
    expect(modeOf(['partner/1', 'partner/2'], directoryOf({}))).toBe('first');
    expect(modeOf(['partner/1', 'isv/contoso'], directoryOf({}))).toBe('all');
  });
});
