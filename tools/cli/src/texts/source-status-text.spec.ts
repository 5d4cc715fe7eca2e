import { durationWords, periodWords, statusEntries } from './source-status-text.js';

describe('the status of a source in words', () => {
  it('says what became of what came', () => {
    expect(periodWords({ accepted: 2, duplicate: 0, ignored: 1, own: 3, parked: 0, refused: { 'signature-invalid': 4 }, lag: null })).toBe('2 accepted, 1 ignored, 3 own, 4 refused (signature-invalid)');
    expect(periodWords(undefined)).toBe('nothing');
  });

  it('says that nothing came yet', () => {
    expect(statusEntries({ lastEventAt: null, lastAcceptedAt: null, lastRefused: null, lastLagMs: null, perMinute: 0, lastHour: {}, lastDay: {} })).toEqual([
      ['Last event', 'none yet'], ['Last accepted', 'none yet'], ['Last refused', 'none'], ['Rate', '0 a minute'], ['Last hour', 'nothing'], ['Last day', 'nothing'],
    ]);
  });

  it('shows also what a newer service tells', () => {
    expect(statusEntries({ reconciliation: { lagSeconds: 3 }, note: 'new' }).slice(6)).toEqual([['reconciliation', '{"lagSeconds":3}'], ['note', 'new']]);
  });

  it.each([[812.4, '812 ms'], [4_120, '4.1 s'], [720_000, '12 min'], [86_400_000, '24 h']])('writes %d ms as %s', (durationMs, words) => {
    expect(durationWords(durationMs)).toBe(words);
  });
});
