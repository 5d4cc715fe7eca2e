import { aTicketReceived } from '@handoff/testing';
import { anEvent, laneOf, second, STORY } from '../project-events/events.fixture.js';
import { project } from '../project-events/project.decision.js';
import { queueHourChanges } from '../read-model/queue-hour.decision.js';
import { EMPTY_MODEL } from '../read-model/read-model.js';
import { queueTrends, TREND_HOURS, trendStart } from './queue-trend.decision.js';

const HOUR_S = 3_600;
const rowsAfter = (events: typeof STORY) => project(EMPTY_MODEL, events).tickets;
const changesOf = (events: typeof STORY, before: typeof STORY = []) => queueHourChanges(rowsAfter(before), [...rowsAfter([...before, ...events]).values()]);
const received = aTicketReceived({ time: second(1), occurredAt: second(0) });
const routed = anEvent('handoff.ticket.routed.v1', 2, { decidedAt: second(2) });
const resolved = (at: number, ticketVersion = 2) => anEvent('handoff.ticket.resolved.v1', at, { ticketVersion, resolvedAt: second(at) });

describe('the hours of a queue', () => {
  it('count a ticket where it was received, and where it was closed', () => {
    expect(changesOf([received, routed, resolved(2 * HOUR_S + 5)])).toEqual([
      { queue: 'isv/contoso', at: second(0), received: 1, finished: 0 }, { queue: 'isv/contoso', at: second(2 * HOUR_S), received: 0, finished: 1 },
    ]);
  });

  it('move with a ticket to its new queue, and forget that it was closed once it is opened again', () => {
    const elsewhere = anEvent('handoff.ticket.routed.v1', 9, { ticketVersion: 3, decidedAt: second(9), change: 'updated', decision: { ...routed.data.decision, queue: 'triage' } });
    expect(changesOf([elsewhere], [received, routed])).toEqual([{ queue: 'isv/contoso', at: second(0), received: -1, finished: 0 }, { queue: 'triage', at: second(0), received: 1, finished: 0 }]);
    expect(changesOf([elsewhere], [received, routed, resolved(5)])).toEqual([{ queue: 'isv/contoso', at: second(0), received: -1, finished: -1 }, { queue: 'triage', at: second(0), received: 1, finished: 0 }]);
  });

  it('count a ticket as finished once, whatever is said of it afterwards', () => {
    const commented = anEvent('handoff.ticket.routed.v1', 3 * HOUR_S, { ticketVersion: 4, decidedAt: second(3 * HOUR_S), change: 'commented' });
    expect(changesOf([resolved(2 * HOUR_S, 3), commented], [received, routed, resolved(HOUR_S)])).toEqual([]);
  });

  it('are the same however the topics come between each other', () => {
    const lanes = [...Map.groupBy(STORY, laneOf).values()];
    const sorted = (events: typeof STORY) => changesOf(events).map((change) => JSON.stringify(change)).sort();
    expect(sorted(lanes.flat())).toEqual(sorted(STORY));
    expect(sorted(lanes.reverse().flat())).toEqual(sorted(STORY));
  });
});

describe('the trend of a queue', () => {
  it('ends with the hour that runs, and has nothing where nothing happened', () => {
    const start = trendStart(new Date(second(23 * HOUR_S + 59)));
    expect(start.toISOString()).toBe(second(0));
    const [trend] = queueTrends([{ queue: 'triage', at: new Date(second(0)), received: 2, finished: 0 }, { queue: 'triage', at: new Date(second(23 * HOUR_S)), received: 1, finished: 3 }], start);
    expect([trend?.queue, trend?.received.length]).toEqual(['triage', TREND_HOURS]);
    expect([trend?.received[0], trend?.received[1], trend?.received[23], trend?.finished[0], trend?.finished[23]]).toEqual([2, 0, 1, 0, 3]);
  });
});
