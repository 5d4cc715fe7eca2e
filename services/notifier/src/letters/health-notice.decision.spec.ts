import { GOLDEN_EVENTS } from '@handoff/contracts';
import { mailBodyOf } from '../channels/mail/mail-body.decision.js';
import { payloadOf } from '../channels/webhook/webhook.payload.js';
import { type Language, OWN_WORDS } from '../message/texts/words.js';
import { aChannel } from '../notification/notification.builders.js';
import { heldBack } from '../suppress/hold.decision.js';
import { aSuppression } from '../suppress/suppression.builders.js';
import { healthNoticeLetter, planHealthNotice } from './health-notice.decision.js';
import type { HealthNoticeLetter } from './letter.js';
import { letterMessageOf } from './letter-message.decision.js';

const golden = GOLDEN_EVENTS['handoff.health-notice.affected.v1'];
const letter = (overrides: Partial<HealthNoticeLetter> = {}): HealthNoticeLetter => ({ ...healthNoticeLetter(golden), ...overrides });
const plan = (told = letter(), { channels = [] as Parameters<typeof planHealthNotice>[1]['channels'], plannedVersion = 0 } = {}) => planHealthNotice(told, { channels, plannedVersion, traceparent: null });

describe('how a partner is told of an outage', () => {
  it('is by its channels, one message each, or else by mail to its contact', () => {
    expect(plan()).toMatchObject([{ about: 'health-notice', destination: 'partner/1001', purpose: 'inform', target: { channel: 'mail', address: 'support@northwind.example' }, planned: { state: 'pending' } }]);
    const channels = [aChannel({ destination: 'partner/1001' }), aChannel({ destination: 'partner/1001', channelId: '1f8fad5b-d9cb-469f-a165-70867728950e', kind: 'mail', address: 'desk@northwind.example' })];
    expect(plan(letter(), { channels }).map(({ target }) => target.channel)).toEqual(['webhook', 'mail']);
  });

  it('is not by a ticketing system, which takes tickets only', () => {
    expect(plan(letter(), { channels: [aChannel({ kind: 'ticketing' })] })).toMatchObject([{ target: { channel: 'mail' } }]);
  });

  it('is a visible failure where there is no way', () => {
    expect(plan(letter({ email: null }))).toMatchObject([{ target: { channel: 'none' }, planned: { state: 'failed', code: 'no-channel' } }]);
  });

  it('is under the same id however often it is planned, in one thread for a partner, and never an older version after a newer', () => {
    expect(plan()[0]?.notificationId).toBe(plan()[0]?.notificationId);
    const next = plan(letter({ ticketVersion: 2, noticeVersion: 2 }));
    expect(next[0]?.notificationId).not.toBe(plan()[0]?.notificationId);
    expect(next[0]?.ticketId).toBe(plan()[0]?.ticketId);
    expect(plan(letter(), { plannedVersion: 2 })).toMatchObject([{ planned: { state: 'suppressed', code: 'superseded' } }]);
  });

  it.each([[{ offerId: 'contoso-crm' }, 'suppressed'], [{ destination: 'partner/1001' }, 'suppressed'], [{ queue: 'partner/1001' }, 'pending'], [{ offerId: 'contoso-vm' }, 'pending']] as const)(
    'is held by a suppression of %j: %s', (match, state) => {
      const [planned] = plan();
      if (planned === undefined) throw new Error('nothing was planned');
      expect(heldBack(planned, letter(), { suppressions: [aSuppression({ match })], at: '2026-11-02T08:30:00.000Z' }).planned.state).toBe(state);
    });
});

describe('what a partner is told of an outage', () => {
  const textOf = (overrides: Partial<HealthNoticeLetter> = {}, language: Language = 'en') => {
    const told = letter(overrides);
    const [planned] = plan(told);
    if (planned === undefined) throw new Error('nothing was planned');
    return mailBodyOf(letterMessageOf(planned, told, OWN_WORDS[language])).text;
  };

  it('is what is out, since when, which of its customers, and what to do', () => {
    const text = textOf();
    for (const part of ['There is an outage of Contoso CRM', 'Offer: Contoso CRM', 'Publisher: Contoso Software', 'Since: 2 November 2026 at 07:40 UTC', 'Status: it lasts', '> Sign-in is down in Europe.', 'Your customers on the offer (1)', 'Fabrikam', 'Tell your customers', 'because you sell the offer']) expect(text).toContain(part);
    expect(text).not.toContain('Until:');
  });

  it('is news after the first time, and at last that it is over', () => {
    expect(textOf({ isFirst: false })).toContain('There is news about an outage of Contoso CRM');
    const over = textOf({ isFirst: false, endedAt: '2026-11-02T10:00:00.000Z' });
    for (const part of ['The outage of Contoso CRM is over.', 'Until: 2 November 2026 at 10:00 UTC', 'Status: it is over', 'If one of them still has the problem, open a ticket.']) expect(over).toContain(part);
  });

  it('counts the customers that are too many to name, and says when there are none any more', () => {
    expect(textOf({ customersTotal: 4_001 })).toContain('and 4,000 more');
    expect(textOf({ customers: [], customersTotal: 0, isFirst: false })).toContain('You get it because you were told of the outage before.');
  });

  it('is in the language of its contact', () => {
    expect(textOf({}, 'tr')).toContain('Müşterilerinizin kullandığı Contoso CRM teklifinde bir kesinti var.');
  });

  it('is for programs a type of its own, with the facts', () => {
    const [planned] = plan();
    if (planned === undefined) throw new Error('nothing was planned');
    expect(JSON.parse(payloadOf(letterMessageOf(planned, letter(), OWN_WORDS.en)))).toMatchObject({ type: 'handoff.health-notice.v1', data: { noticeId: 'outage-7', version: 1, offerId: 'contoso-crm', endedAt: null, customers: [{ customerId: 'fabrikam', name: 'Fabrikam' }] } });
  });
});
