import { GOLDEN_EVENTS } from '@handoff/contracts';
import { contentDigest } from './content-digest.decision.js';

const told = GOLDEN_EVENTS['handoff.ticket.received.v1'].data;

describe('the digest of what a source told', () => {
  it('is the same at every attempt, whenever that is', () => {
    expect(contentDigest('delivery-1', { ...told, occurredAt: '2026-11-02T09:00:00.000Z' })).toBe(contentDigest('delivery-1', told));
  });

  it('is another one where something else is told', () => {
    const others = [{ ...told, externalId: 'other' }, { ...told, change: 'closed' as const }, { ...told, ticket: { ...told.ticket, subject: 'other' } }];
    expect(new Set([told, ...others].map((content) => contentDigest('delivery-1', content))).size).toBe(4);
  });

  it.each(['state:1:2026-11-02T08:00:00.000Z', 'sha256:00ff'])('is none where the key %s is ours: a poll tells the same in other words', (key) => {
    expect(contentDigest(key, told)).toBeNull();
  });
});
