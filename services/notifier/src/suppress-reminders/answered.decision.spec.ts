import { GOLDEN_EVENTS } from '@handoff/contracts';
import { answeredByAcknowledgement, answeredByClosing, lastAnswers } from './answered.decision.js';

const { data: acknowledged } = GOLDEN_EVENTS['handoff.ticket.acknowledged.v1'];
const { data: routed } = GOLDEN_EVENTS['handoff.ticket.routed.v1'];

describe('what ends reminders', () => {
  it('is an acknowledgement after which nobody is waited for, and says by whom it was', () => {
    expect(answeredByAcknowledgement({ ...acknowledged, ticketVersion: 3, by: 'Ada', isComplete: true })).toEqual({ ticketId: acknowledged.ticketId, version: 3, code: 'acknowledged', detail: 'Ada acknowledged the ticket; nobody needs to be reminded.' });
    expect(answeredByAcknowledgement({ ...acknowledged, by: null, isComplete: true })?.detail).toMatch(/^The ticket was acknowledged;/);
    expect(answeredByAcknowledgement({ ...acknowledged, isComplete: false })).toBeNull();
  });

  it('is the end of the ticket, and no other news of it', () => {
    expect(answeredByClosing({ ...routed, ticketVersion: 4, change: 'closed' })).toMatchObject({ version: 4, code: 'ticket-closed' });
    expect(answeredByClosing({ ...routed, change: 'updated' })).toBeNull();
  });

  it('counts once for a ticket, by the highest version', () => {
    const answer = (ticketId: string, version: number) => ({ ticketId, version, code: 'acknowledged', detail: '' });
    expect(lastAnswers([answer('a', 2), null, answer('a', 5), answer('b', 1), answer('a', 4)])).toEqual([answer('a', 5), answer('b', 1)]);
  });
});
