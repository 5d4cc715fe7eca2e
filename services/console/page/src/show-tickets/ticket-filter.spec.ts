import { ticketFilterOf, ticketQueryOf } from './ticket-filter.js';

describe('the filter of tickets in an address', () => {
  it('keeps what it knows, also words that look like a number, and the empty queue of what is not decided', () => {
    expect(ticketFilterOf({ queue: '', state: 'waiting', severity: 'A', text: 4711, undelivered: true, sort: 'due' })).toEqual({ queue: '', state: 'waiting', severity: 'A', text: '4711', undelivered: true, sort: 'due' });
  });

  it('leaves out what there is not, so that an old link shows more rather than nothing', () => {
    expect(ticketFilterOf({ state: 'lost', severity: 'Z', sort: 'luck', text: '', colour: 'red', undelivered: 'true' })).toEqual({});
  });

  it('has closed tickets in their one order', () => {
    expect(ticketFilterOf({ state: 'closed', sort: 'due' })).toEqual({ state: 'closed' });
  });

  it('asks the server for the last changed first where nothing else is said', () => {
    expect([ticketQueryOf({}), ticketQueryOf({ undelivered: true, sort: 'opened' })]).toEqual([{ sort: 'changed' }, { isUndelivered: true, sort: 'opened' }]);
  });
});
