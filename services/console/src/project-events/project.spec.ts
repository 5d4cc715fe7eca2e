import type { HandoffEvent } from '@handoff/contracts';
import { GOLDEN_EVENTS, nameBasedId } from '@handoff/contracts';
import { aTicketReceived } from '@handoff/testing';
import { EMPTY_MODEL } from '../read-model/read-model.js';
import { shownTicketOf, type ShownTicket } from '../read-model/shown-ticket.decision.js';
import { anEvent, second, STORY, TICKET_ID } from './events.fixture.js';
import { project } from './project.decision.js';

const shownAfter = (...events: readonly HandoffEvent[]): ShownTicket | null => {
  const row = project(EMPTY_MODEL, events).tickets.get(TICKET_ID);
  return row === undefined ? null : shownTicketOf(row);
};
const received = aTicketReceived({ time: second(1), occurredAt: second(0) });
const routed = (at: number, ticketVersion: number, more: object = {}) => anEvent('handoff.ticket.routed.v1', at, { ticketVersion, decidedAt: second(at), ...more });
const decision = GOLDEN_EVENTS['handoff.ticket.routed.v1'].data.decision;
const acknowledged = anEvent('handoff.ticket.acknowledged.v1', 4, { ticketVersion: 2, acknowledgedAt: second(4) });

describe('a ticket in the read model', () => {
  it('is shown as received until it is decided, with what its system told', () => {
    expect(shownAfter(received)).toMatchObject({ state: 'received', queue: null, ticketVersion: 0, subject: 'Sign-in fails', customerId: 'wingtip', openedAt: second(1), hasIt: [] });
  });

  it('is done when its contact says so, and stays with whoever answered until then', () => {
    const replied = routed(5, 3, { change: 'commented', cause: 'replied', recipients: [] });
    expect(shownAfter(received, routed(2, 1), acknowledged, replied)).toMatchObject({ state: 'acknowledged', ticketVersion: 3, hasIt: ['isv/contoso'] });
    expect(shownAfter(received, routed(2, 1), acknowledged, anEvent('handoff.ticket.resolved.v1', 6, { ticketVersion: 3 }))).toMatchObject({ state: 'closed', ticketVersion: 3 });
  });

  it('belongs to an outage until a person says that it does not', () => {
    const attached = anEvent('handoff.ticket.attached.v1', 3, { ticketVersion: 2, noticeId: 'outage-7', by: 'ada', reason: 'The same error.' });
    const detached = anEvent('handoff.ticket.detached.v1', 4, { ticketVersion: 3, noticeId: 'outage-7' });
    expect([shownAfter(received, routed(2, 1), attached)?.attachedTo, shownAfter(received, routed(2, 1), attached, detached)]).toMatchObject(['outage-7', { attachedTo: null, ticketVersion: 3 }]);
    expect(shownAfter(detached)).toBeNull();
  });

  it('is none where it is the copy of another', () => {
    expect(shownAfter({ ...received, data: { ...received.data, isCopy: true } })).toBeNull();
  });

  it('lies with those who were asked once it is decided, and is due by its target', () => {
    expect(shownAfter(received, routed(2, 1, { acknowledgeBy: second(60) }))).toMatchObject({ state: 'waiting', queue: 'isv/contoso', hasIt: ['isv/contoso'], dueAt: second(60), partners: ['isv/contoso', 'partner/1001'] });
  });

  it('lies with those who were asked last once it is escalated', () => {
    const [recipient] = GOLDEN_EVENTS['handoff.ticket.routed.v1'].data.recipients;
    const escalated = anEvent('handoff.ticket.escalated.v1', 3, { ticketVersion: 2, step: 'next-party', recipients: recipient === undefined ? [] : [{ ...recipient, destination: 'partner/1001' }] });
    expect(shownAfter(routed(2, 1), escalated)).toMatchObject({ state: 'escalated', escalationStep: 'next-party', hasIt: ['partner/1001'] });
  });

  it('stays acknowledged through news for the same hands, and waits again for others', () => {
    const moved = routed(6, 3, { decision: { ...decision, queue: 'partner/1001' }, recipients: [] });
    expect(shownAfter(routed(2, 1), acknowledged, routed(5, 3))).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Contoso support', dueAt: null });
    expect(shownAfter(routed(2, 1), acknowledged, moved)).toMatchObject({ state: 'waiting', queue: 'partner/1001', acknowledgedAt: null });
  });

  it('waits on while not all who must have acknowledged', () => {
    expect(shownAfter(routed(2, 1), anEvent('handoff.ticket.acknowledged.v1', 4, { ticketVersion: 2, isComplete: false }))).toMatchObject({ state: 'waiting', ticketVersion: 2 });
  });

  it('is closed by its system, stays so through a comment, and is opened by other news', () => {
    const closed = routed(3, 2, { change: 'closed' });
    expect(shownAfter(routed(2, 1), closed)).toMatchObject({ state: 'closed' });
    expect(shownAfter(routed(2, 1), closed, routed(4, 3, { change: 'commented' }))).toMatchObject({ state: 'closed' });
    expect(shownAfter(routed(2, 1), closed, routed(4, 3, { change: 'updated' }))).toMatchObject({ state: 'waiting' });
  });

  it('is not changed by a version that is older than the known one', () => {
    const newest = routed(5, 4, { ticket: { ...GOLDEN_EVENTS['handoff.ticket.routed.v1'].data.ticket, subject: 'The newest' } });
    expect(shownAfter(newest, routed(2, 1), acknowledged)).toMatchObject({ subject: 'The newest', ticketVersion: 4, state: 'waiting' });
  });

  it('counts messages that failed or are held, until they are delivered', () => {
    const failed = anEvent('handoff.notification.failed.v1', 3, { failedAt: second(3), notificationId: nameBasedId('a') });
    const held = anEvent('handoff.notification.suppressed.v1', 3, { suppressedAt: second(3), notificationId: nameBasedId('b') });
    const superseded = anEvent('handoff.notification.suppressed.v1', 3, { suppressedAt: second(3), notificationId: nameBasedId('c'), code: 'superseded' });
    const delivered = anEvent('handoff.notification.delivered.v1', 4, { deliveredAt: second(4), notificationId: nameBasedId('a') });
    expect(shownAfter(routed(2, 1), failed, held, superseded)?.undelivered).toBe(2);
    expect(shownAfter(routed(2, 1), failed, held, superseded, delivered)?.undelivered).toBe(1);
  });

  it('of which only messages are known is not shown', () => {
    expect(shownAfter(anEvent('handoff.notification.delivered.v1', 3))).toBeNull();
  });
});

describe('an outage in the read model', () => {
  it('has what was reported last, and what became of the last message to each partner', () => {
    const { notices, noticePartners } = project(EMPTY_MODEL, STORY);
    expect(notices.get('outage-7')).toMatchObject({ offerId: 'contoso-crm', reported: { endedAt: second(18) }, told: { version: 2 } });
    expect([...noticePartners.values()].map(({ partnerId, affected, message }) => [partnerId, affected?.version, message?.outcome])).toEqual([['1001', 2, 'failed'], ['2002', 1, undefined]]);
  });
});
