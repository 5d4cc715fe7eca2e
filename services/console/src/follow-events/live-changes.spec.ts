import { nameBasedId } from '@handoff/contracts';
import { anEvent, TICKET_ID } from '../project-events/events.fixture.js';
import type { LogEntry } from './event-log.store.js';
import { liveChangesOf } from './live-changes.decision.js';

const routed = (position: bigint, previousQueue: string | null, queue: string, ticketId = TICKET_ID): LogEntry => ({ position, event: anEvent('handoff.ticket.routed.v1', Number(position), { ticketId, previousQueue }), ticket: { ticketId, queue } });
const replied = (position: bigint, queue: string): LogEntry => ({ position, event: anEvent('handoff.notification.replied.v1', Number(position)), ticket: { ticketId: TICKET_ID, queue } });
const queuesOf = (...entries: readonly LogEntry[]) => liveChangesOf(entries).map(({ seq, fromQueue, toQueue }) => [seq, fromQueue, toQueue]);

describe('what a page hears of events', () => {
  it('is one change a ticket, by its last event', () => {
    const other = nameBasedId('another ticket');
    expect(liveChangesOf([routed(1n, null, 'triage'), routed(2n, null, 'isv/contoso', other), replied(3n, 'triage')])).toEqual([
      { ticketId: TICKET_ID, seq: 3, fromQueue: null, toQueue: 'triage' }, { ticketId: other, seq: 2, fromQueue: null, toQueue: 'isv/contoso' },
    ]);
  });

  it('has the queue that a ticket left first, however often it moved', () => {
    // Each entry says where the ticket lies when the log is read, which is after all of them.
    expect(queuesOf(routed(1n, 'triage', 'partner/2002'), routed(2n, 'isv/contoso', 'partner/2002'))).toEqual([[2, 'triage', 'partner/2002']]);
    expect(queuesOf(replied(1n, 'partner/2002'), routed(2n, 'isv/contoso', 'partner/2002'))).toEqual([[2, 'isv/contoso', 'partner/2002']]);
  });

  it('has one queue where a ticket stays, and none where it is not decided yet', () => {
    expect(queuesOf(replied(1n, 'triage'))).toEqual([[1, 'triage', 'triage']]);
    expect(queuesOf(replied(1n, ''))).toEqual([[1, null, null]]);
  });

  it('is nothing of events that are about no ticket that is shown', () => {
    expect(liveChangesOf([{ ...replied(1n, ''), ticket: null }])).toEqual([]);
  });
});
