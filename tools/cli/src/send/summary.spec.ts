import { paintFor } from '../format.js';
import type { Accepted, Outcome, Refused } from './outcome.js';
import { percentile, receiptLines, summaryDocument, summaryLines, summaryOf } from './summary.js';

const anAccepted = (change: Partial<Accepted> = {}): Accepted => ({ kind: 'accepted', eventId: 'event-1', ticketId: 'ticket-1', externalId: 'DEMO-1', isDuplicate: false, durationMs: 4, retries: 0, ...change });
const aRefused = (change: Partial<Refused> = {}): Refused => ({ kind: 'refused', externalId: 'DEMO-2', status: 401, code: 'signature-invalid', message: 'The signature does not fit.', retries: 0, ...change });
const PLAIN = paintFor(false);

describe('the summary of many sends', () => {
  it('counts what was accepted, what was refused by code, and what was repeated', () => {
    const outcomes: Outcome[] = [anAccepted({ retries: 2 }), anAccepted({ isDuplicate: true, durationMs: 8 }), aRefused(), aRefused({ code: 'not-ready', status: 503, retries: 5 }), aRefused({ code: 'not-ready', status: 503 })];
    expect(summaryLines('jira-demo', summaryOf(outcomes, 500), PLAIN)).toEqual([
      'Accepted    2 of 5 by jira-demo, 1 of them known before',
      'Refused     2 × not-ready',
      '            1 × signature-invalid',
      'Sent again  7 times, because the service had no room or the connection broke',
      'Duration    0.50 s, 4 accepted/s',
      'Latency     p50 4 ms, p99 8 ms',
    ]);
  });

  it('has nothing to say of latency when nothing was accepted', () => {
    expect(summaryOf([aRefused()], 10).latencyMs).toBeNull();
  });

  it('takes percentiles by nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, index) => index + 1);
    expect([percentile(values, 50), percentile(values, 99), percentile([7], 99)]).toEqual([100, 198, 7]);
  });

  it('gives programs every id, and those of a single send at the top too', () => {
    const ids = { eventId: 'event-1', ticketId: 'ticket-1', externalId: 'DEMO-1' };
    expect(summaryDocument(summaryOf([anAccepted()], 5))).toMatchObject({ ...ids, sent: [ids], refused: [] });
    const many = summaryDocument(summaryOf([anAccepted(), aRefused()], 5));
    expect(many).toMatchObject({ sent: [ids], refused: [{ externalId: 'DEMO-2', status: 401, code: 'signature-invalid' }] });
    expect(many).not.toHaveProperty('eventId');
  });

  it('says of one send what to do next, and when it was nothing new', () => {
    expect(receiptLines('jira-demo', anAccepted(), PLAIN).at(-1)).toBe('See where it goes: npx handoff tickets ticket-1');
    expect(receiptLines('jira-demo', anAccepted({ isDuplicate: true }), PLAIN)[0]).toBe('jira-demo had this event before; nothing changes.');
  });
});
