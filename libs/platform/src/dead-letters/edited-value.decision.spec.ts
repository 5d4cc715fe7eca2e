import { GOLDEN_EVENTS } from '@handoff/contracts';
import { editProblems } from './edited-value.decision.js';

const { type, subject, data } = GOLDEN_EVENTS['handoff.ticket.received.v1'];

describe('a value that a person writes', () => {
  it('can take the place of the former when it keeps the schema of the event', () => {
    expect(editProblems({ ...data, ticket: { ...data.ticket, subject: 'Mended' } }, { type, ticketId: subject })).toEqual([]);
  });

  it('is refused when it breaks the schema, with what is wrong', () => {
    expect(editProblems({ ...data, change: 'renamed' }, { type, ticketId: subject })).toEqual([{ field: '/value', detail: expect.stringContaining('/change') }]);
  });

  it('is refused when it moves the event to another ticket', () => {
    expect(editProblems(data, { type, ticketId: 'another' })).toEqual([{ field: '/value/ticketId', detail: 'must stay that of the event' }]);
  });

  it.each([null, 'handoff.unheard-of.v1'])('is refused where the record names no known type (%s)', (unknown) => {
    expect(editProblems(data, { type: unknown, ticketId: subject })).toEqual([expect.objectContaining({ field: '/value' })]);
  });
});
