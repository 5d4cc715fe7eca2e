import type { ShownTicket } from '../api/server-types.js';
import { begun, continued, renewed, told } from './ticket-list.decision.js';

const aTicket = (ticketId: string, more: Partial<ShownTicket> = {}): ShownTicket => ({
  ticketId, ticketVersion: 1, source: 'jira-demo', externalId: ticketId.toUpperCase(), externalUrl: null, subject: 'Sign-in fails', severity: 'B', area: 'break-fix', offerId: 'contoso-crm', customerId: 'wingtip',
  queue: 'isv/contoso', state: 'waiting', responsible: null, hasIt: [], partners: ['isv/contoso'], acknowledgeBy: null, dueAt: null, acknowledgedAt: null, acknowledgedBy: null, escalationStep: null, nextStepAt: null,
  attachedTo: null, undelivered: 0, openedAt: '2026-11-01T09:00:00.000Z', changedAt: '2026-11-01T09:00:00.000Z', ...more,
});
const filter = { queue: 'isv/contoso' };
const list = begun({ items: [aTicket('a'), aTicket('b'), aTicket('c')], next: 'more' });

describe('a list of tickets under the eyes of a viewer', () => {
  it('keeps its order whatever happens to its rows', () => {
    const after = told(list, [aTicket('c', { ticketVersion: 2, severity: 'A' })], filter);
    expect([after.order, after.rows['c']?.severity, after.left]).toEqual([['a', 'b', 'c'], 'A', {}]);
  });

  it('keeps a row that leaves in its place, and says where it went', () => {
    const after = told(told(list, [aTicket('b', { ticketVersion: 2, queue: 'partner/2002' })], filter), [aTicket('a', { ticketVersion: 2, state: 'closed' })], filter);
    expect([after.order, after.left]).toEqual([['a', 'b', 'c'], { b: { why: 'moved', queue: 'partner/2002' }, a: { why: 'state' } }]);
    expect(told(after, [aTicket('b', { ticketVersion: 3 })], filter).left).toEqual({ a: { why: 'state' } });
  });

  it('counts what comes, once, and only what the filter asks for', () => {
    const after = told(told(list, [aTicket('d'), aTicket('e', { queue: 'triage' })], filter), [aTicket('d')], filter);
    expect([after.order, after.arrived]).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('is not set back by an older answer, and is the same list when nothing changed', () => {
    const after = told(list, [aTicket('a', { ticketVersion: 3, severity: 'C' })], filter);
    expect(told(after, [aTicket('a', { ticketVersion: 2 })], filter)).toBe(after);
    expect(told(list, [aTicket('a')], filter)).toBe(list);
  });

  it('goes on with the next page, without what it has already', () => {
    const after = continued(list, { items: [aTicket('c'), aTicket('d')], next: null });
    expect([after.order, after.next]).toEqual([['a', 'b', 'c', 'd'], null]);
  });

  it('read anew has the order of now, without what left, and what was loaded behind it', () => {
    const long = continued(told(list, [aTicket('d'), aTicket('b', { ticketVersion: 2, queue: 'triage' })], filter), { items: [aTicket('x'), aTicket('y')], next: 'rest' });
    const after = renewed(long, { items: [aTicket('d'), aTicket('a'), aTicket('c')], next: 'more' });
    expect([after.order, after.left, after.arrived, after.next]).toEqual([['d', 'a', 'c', 'x', 'y'], {}, [], 'rest']);
  });
});
