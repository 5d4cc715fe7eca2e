import { type Channel, channelStandingOf, refusedOf, type Source, standingOf } from './standing.decision.js';

const lastDay = { accepted: 3, parked: 0, refused: {} };
const status = { lastEventAt: '2026-11-02T09:00:00.000Z', lastRefused: null, lastLagMs: 800, perMinute: 1, lastDay, reconciliation: null };
const source: Source = { source: 'desk', adapter: 'standard-webhooks', sourceParty: null, pausedAt: null, status };
const channel: Channel = { id: '1', destination: 'isv/contoso', kind: 'webhook', url: 'https://contoso.example/hook', enabled: true, disabledReason: null };

describe('how a source does', () => {
  it.each([
    ['well', source],
    ['paused', { ...source, pausedAt: '2026-11-02T09:00:00.000Z' }],
    ['silent', { ...source, status: { ...status, lastEventAt: null } }],
    ['failing', { ...source, status: { ...status, lastRefused: { at: '2026-11-02T09:00:01.000Z', code: 'signature-invalid' } } }],
    ['well', { ...source, status: { ...status, lastRefused: { at: '2026-11-02T08:00:00.000Z', code: 'signature-invalid' } } }],
    ['parks', { ...source, status: { ...status, lastDay: { ...lastDay, parked: 2 } } }],
  ] as const)('is %s', (standing, of) => {
    expect(standingOf(of)).toBe(standing);
  });

  it('counts all that was refused', () => {
    expect(refusedOf({ ...source, status: { ...status, lastDay: { ...lastDay, refused: { 'signature-invalid': 2, 'timestamp-stale': 1 } } } })).toBe(3);
  });
});

describe('how a channel does', () => {
  it('tells who disabled it, and whether nothing arrives by it', () => {
    expect([channel, { ...channel, enabled: false }, { ...channel, enabled: false, disabledReason: 'It answered 410.' }, { ...channel, failingSince: '2026-11-02T09:00:00.000Z' }].map(channelStandingOf)).toEqual(['well', 'disabled', 'disabled-by-handoff', 'failing']);
  });
});
