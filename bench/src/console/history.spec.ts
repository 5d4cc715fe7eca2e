import { decodeEvent, encodeEvent } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { historyOf, ticketNow } from './history.js';
import { questions } from './questions.js';
import { dice } from '../matrix/dice.js';

const UNTIL = new Date('2026-11-02T08:00:00.000Z');

describe('what happened to the tickets of the console', () => {
  it('is the same each time, of events as the services publish them, each told once', () => {
    const events = [...historyOf({ tickets: 2_000, until: UNTIL })];
    expect([...historyOf({ tickets: 2_000, until: UNTIL })]).toEqual(events);
    for (const event of [...events, ticketNow(7, UNTIL)]) expect(decodeEvent({ ...encodeEvent(event), topic: '', partition: 0, offset: '0' } as unknown as Parameters<typeof decodeEvent>[0]).id).toBe(event.id);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(events.map(({ subject }) => subject)).size).toBe(2_000);
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['handoff.ticket.received.v1', 'handoff.ticket.routed.v1', 'handoff.ticket.acknowledged.v1', 'handoff.notification.delivered.v1', 'handoff.notification.failed.v1']));
  });

  it('is asked about by questions of many kinds, each with a name of its own', () => {
    const all = questions(2_000);
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(all.length);
    for (const { path } of all) expect(path(dice(1))).toMatch(/^\/api\/(queues|tickets|overview)/);
  });
});
