import { nameBasedId } from '@handoff/contracts';
import { aTicketReceived } from '@handoff/testing';
import { anEvent, laneOf, second, STORY, TICKET_ID } from '../project-events/events.fixture.js';
import { project } from '../project-events/project.decision.js';
import { EMPTY_MODEL } from '../read-model/read-model.js';
import { CLASS_BOUNDS_MS, classesOf, NO_DURATIONS, quantileMs, sumOfClasses } from '../read-model/duration-classes.decision.js';
import { measureChanges } from '../read-model/measure.decision.js';
import { stepOf, wholeHours } from './overview.decision.js';

const rowsAfter = (events: typeof STORY) => project(EMPTY_MODEL, events).tickets;
const changesOf = (events: typeof STORY, before: typeof STORY = []) => measureChanges(rowsAfter(before), [...rowsAfter([...before, ...events]).values()], { before: new Date(0), after: new Date(0) });
const allOf = (events: typeof STORY) => changesOf(events).find(({ scope, grain }) => scope === 'all' && grain === 'hour');
const routed = anEvent('handoff.ticket.routed.v1', 2, { decidedAt: second(2), acknowledgeBy: second(3_600) });
const received = aTicketReceived({ time: second(1), occurredAt: second(0) });
const acknowledgedAt = (at: number) => anEvent('handoff.ticket.acknowledged.v1', at, { ticketVersion: 2, acknowledgedAt: second(at) });

describe('what is counted of tickets', () => {
  it('is each ticket in the hour and the day of its receipt, with its queue and its parties', () => {
    const places = changesOf([received, routed]).map(({ grain, scope, key, at, tickets }) => [grain, scope, key, at, tickets]);
    expect(places).toEqual([
      ['hour', 'all', '', second(0), 1], ['hour', 'queue', 'isv/contoso', second(0), 1], ['hour', 'partner', 'isv/contoso', second(0), 1], ['hour', 'partner', 'partner/1001', second(0), 1],
      ['day', 'all', '', '2026-11-02T00:00:00.000Z', 1], ['day', 'queue', 'isv/contoso', '2026-11-02T00:00:00.000Z', 1], ['day', 'partner', 'isv/contoso', '2026-11-02T00:00:00.000Z', 1], ['day', 'partner', 'partner/1001', '2026-11-02T00:00:00.000Z', 1],
    ]);
  });

  it('has how long the decision, the first delivery and the acknowledgement took, and whether the target was met', () => {
    const delivered = anEvent('handoff.notification.delivered.v1', 5, { ticketVersion: 1, notificationId: nameBasedId('n'), deliveredAt: second(5) });
    const all = allOf([received, routed, delivered, acknowledgedAt(61)]);
    expect(all).toMatchObject({ tickets: 1, met: 1, missed: 0, routed: classesOf(1_000), delivered: classesOf(3_000), acknowledged: classesOf(60_000) });
    expect(allOf([received, routed, acknowledgedAt(3_601)])).toMatchObject({ met: 0, missed: 1, delivered: NO_DURATIONS });
  });

  it('keeps the first answer when the ticket goes on to others, and counts a ticket that was closed without one by its target alone', () => {
    const again = anEvent('handoff.ticket.routed.v1', 7_300, { ticketVersion: 3, decidedAt: second(7_300), acknowledgeBy: second(9_000), change: 'closed' });
    expect(allOf([received, routed, acknowledgedAt(60), again])).toMatchObject({ met: 1, missed: 0, acknowledged: classesOf(59_000) });
    expect(allOf([received, routed, { ...again, data: { ...again.data, ticketVersion: 2 } }])).toMatchObject({ met: 0, missed: 1, acknowledged: NO_DURATIONS });
  });

  it('moves with a ticket to its new queue, and does not change by what changes nothing of it', () => {
    const moved = anEvent('handoff.ticket.routed.v1', 9, { ticketVersion: 2, decidedAt: second(9), decision: { ...routed.data.decision, queue: 'triage' } });
    expect(changesOf([moved], [received, routed]).filter(({ grain, scope }) => grain === 'day' && scope === 'queue').map(({ key, tickets }) => [key, tickets])).toEqual([['isv/contoso', -1], ['triage', 1]]);
    expect(changesOf([anEvent('handoff.notification.replied.v1', 9)], [received, routed])).toEqual([]);
  });

  it('is the same however the topics come between each other', () => {
    const lanes = [...Map.groupBy(STORY, laneOf).values()];
    const sorted = (events: typeof STORY) => changesOf(events).map((change) => JSON.stringify(change)).sort();
    expect(sorted(lanes.flat())).toEqual(sorted(STORY));
    expect(sorted(lanes.reverse().flat())).toEqual(sorted(STORY));
    expect(rowsAfter(STORY).get(TICKET_ID)?.routed?.answered?.by).toBe('acknowledged');
  });
});

describe('durations in classes', () => {
  it('give quantiles to within a class', () => {
    const classes = [1_200, 1_400, 1_600, 1_800].map(classesOf).reduce(sumOfClasses);
    expect([quantileMs(classes, 0.5), quantileMs(classes, 1), quantileMs(NO_DURATIONS, 0.5)]).toEqual([1_500, 2_000, null]);
  });

  it('that are longer than any class has give the bound of the last', () => {
    expect(quantileMs(classesOf(999_999_999_999), 0.5)).toBe(CLASS_BOUNDS_MS.at(-1));
  });
});

describe('the period of an overview', () => {
  it('has whole hours, and days where it is long', () => {
    const period = wholeHours({ from: '2026-11-02T08:30:00+03:00', to: '2026-11-02T08:30:00Z' });
    expect(period).toEqual({ from: '2026-11-02T05:00:00.000Z', to: '2026-11-02T09:00:00.000Z' });
    expect([stepOf(period), stepOf({ from: '2026-11-02T00:00:00Z', to: '2026-11-05T01:00:00Z' })]).toEqual(['hour', 'day']);
  });
});
