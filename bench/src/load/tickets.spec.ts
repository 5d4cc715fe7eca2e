import { describe, expect, it } from '@jest/globals';
import { compile, decide, DEFAULT_MATRIX, type ExplainRequest, factsOf } from '@handoff/matrix';
import { receivedRecords, routedRecords } from './backlog.js';
import { decodeEvent } from '@handoff/contracts';
import { destinations, directory } from './directory.js';
import { known } from './questions.js';
import { numberIn, ticketsOf } from './tickets.js';

describe('the tickets that are measured', () => {
  const world = directory();
  const ticketOf = ticketsOf(world);
  const numbers = Array.from({ length: 500 }, (_, number) => number);

  it('are the same for the same number, and others for others', () => {
    expect(ticketOf(7)).toEqual(ticketsOf(directory())(7));
    expect(new Set(numbers.map((number) => ticketOf(number).externalId)).size).toBe(numbers.length);
  });

  it('are each for exactly one contact, whose destination is known', () => {
    const matrix = compile(DEFAULT_MATRIX);
    const knownOf = known(world);
    const reached = new Set(destinations(world));
    for (const number of numbers) {
      const ticket = ticketOf(number);
      const { informed, handsOver, queue, responsible } = decide(factsOf({ ticket: ticket as ExplainRequest['ticket'], ...knownOf(ticket.subscriptionId) }, ticket.occurredAt), matrix);
      expect({ informed, handsOver, isShared: responsible?.role === 'shared' }).toEqual({ informed: [], handsOver: null, isShared: false });
      expect(reached).toContain(queue);
    }
  });

  it('are found again by their number in a message', () => {
    expect(numberIn(JSON.stringify({ data: { ticket: ticketOf(123_456) } }))).toBe(123_456);
    expect(numberIn('{}')).toBe(-1);
  });

  it.each([['received', receivedRecords], ['routed', routedRecords]])('make a backlog of valid events: %s', (_name, recordsOf) => {
    const ids = [...recordsOf(100)].map(({ value, headers }) => decodeEvent({ value, headers }).id);
    expect(new Set(ids).size).toBe(100);
  });
});
