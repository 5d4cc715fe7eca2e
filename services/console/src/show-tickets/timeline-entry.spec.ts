import { GOLDEN_EVENTS, type HandoffEvent, LATER_GOLDEN_EVENTS } from '@handoff/contracts';
import { timelineEntryOf } from './timeline-entry.decision.js';

const whole: readonly HandoffEvent[] = [...Object.values(GOLDEN_EVENTS), ...LATER_GOLDEN_EVENTS];

describe('the story of a ticket', () => {
  it('tells every event about a ticket in a sentence, and none that is about an outage alone', () => {
    for (const event of whole) {
      const entry = timelineEntryOf(event);
      expect([event.type, entry === null]).toEqual([event.type, event.type.startsWith('handoff.health-notice.')]);
      if (entry !== null) expect(entry).toMatchObject({ eventId: event.id, at: event.time, data: event.data, text: expect.stringMatching(/^[^{}]+[.)]?$/) as string });
    }
  });

  it('says why a ticket lies where it lies, and from where it moved', () => {
    const routed = GOLDEN_EVENTS['handoff.ticket.routed.v1'];
    expect(timelineEntryOf(routed)).toMatchObject({ kind: 'decided', ticketVersion: 1, text: 'It was decided, and lies in isv/contoso.', reasons: [{ code: 'matrix-row' }] });
    expect(timelineEntryOf({ ...routed, data: { ...routed.data, previousQueue: 'triage', cause: 'classified' } })?.text).toBe('It was decided anew (classified), and moved from triage to isv/contoso.');
  });

  it('says what came of a message, with the error', () => {
    expect(timelineEntryOf(GOLDEN_EVENTS['handoff.notification.failed.v1'])?.text).toBe('A message to isv/contoso by webhook failed after attempt 8 (rejected): The destination answered 410 Gone.');
  });
});
