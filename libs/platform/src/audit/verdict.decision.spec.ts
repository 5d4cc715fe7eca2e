import { type AuditFacts, verdictOf } from './verdict.decision.js';

const NOW_MS = Date.UTC(2026, 10, 2, 8);
const ago = (seconds: number): Date => new Date(NOW_MS - seconds * 1_000);
const facts = (parts: Partial<AuditFacts> = {}): AuditFacts => ({ items: [{ item: 'outgoing', count: 0, oldestAt: null }, { item: 'unaccounted', count: 0, oldestAt: null }], oldestUnhandledMs: null, isLooking: true, nowMs: NOW_MS, openMsMax: 3_600_000, ...parts });

describe('what the audit says', () => {
  it('is that all is well where nothing is open, or nothing for long', () => {
    expect(verdictOf(facts())).toEqual({ oldestSeconds: { unhandled: 0, outgoing: 0, unaccounted: 0 }, problem: null });
    expect(verdictOf(facts({ items: [{ item: 'notification', count: 3, oldestAt: ago(3_600) }] }))).toMatchObject({ oldestSeconds: { notification: 3_600 }, problem: null });
  });

  it('names what has been open for too long, for whatever reason', () => {
    expect(verdictOf(facts({ items: [{ item: 'set-aside', count: 1, oldestAt: ago(3_601) }] })).problem).toContain("'set-aside'");
    expect(verdictOf(facts({ oldestUnhandledMs: NOW_MS - 4_000_000 })).problem).toContain("'unhandled'");
  });

  it('is a problem at once where an event is lost, or where nobody looks', () => {
    expect(verdictOf(facts({ items: [{ item: 'unaccounted', count: 2, oldestAt: ago(1) }] })).problem).toContain('2 events');
    expect(verdictOf(facts({ isLooking: false })).problem).not.toBeNull();
  });

  it('makes no negative age of clocks that differ', () => {
    expect(verdictOf(facts({ oldestUnhandledMs: NOW_MS + 5_000 })).oldestSeconds).toMatchObject({ unhandled: 0 });
  });
});
