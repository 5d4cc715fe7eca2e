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
    expect(statusEntries({ weather: { lagSeconds: 3 }, note: 'new' }).slice(6)).toEqual([['weather', '{"lagSeconds":3}'], ['note', 'new']]);
  });

  it('says how the reading of its system stands', () => {
    const reconciliation = { readUpTo: '2026-11-02T08:55:00.000Z', lagSeconds: 300, lastSuccessAt: '2026-11-02T08:56:00.000Z', lastProblem: null, found: 3 };
    expect(statusEntries({ completion: { waiting: 0, oldestAskedAt: null, lastProblem: null, givenUp: 0, lastGivenUp: null }, reconciliation }).slice(6)).toEqual([
      ['Read whole', 'nothing waits'], ['Polled', 'all up to 2026-11-02T08:55:00.000Z, 5 min ago; 3 found'],
    ]);
    expect(statusEntries({ completion: null, reconciliation: null }).slice(6)).toEqual([]);
  });

  it('says what is wrong with it', () => {
    const completion = { waiting: 2, oldestAskedAt: '2026-11-02T08:00:00.000Z', lastProblem: 'api.example answered HTTP 503.', givenUp: 1, lastGivenUp: { externalId: '7', at: '2026-11-02T07:00:00.000Z', problem: 'api.example answered HTTP 403.' } };
    const reconciliation = { readUpTo: '2026-11-02T08:00:00.000Z', lagSeconds: 3_600, lastSuccessAt: null, lastProblem: { at: '2026-11-02T08:59:00.000Z', problem: 'api.example answered HTTP 401.' }, found: 0 };
    expect(statusEntries({ completion, reconciliation }).slice(6)).toEqual([
      ['Read whole', '2 waiting since 2026-11-02T08:00:00.000Z: api.example answered HTTP 503.; 1 given up, the last 7: api.example answered HTTP 403.'],
      ['Polled', 'all up to 2026-11-02T08:00:00.000Z, 60 min ago; 0 found; failed at 2026-11-02T08:59:00.000Z: api.example answered HTTP 401.'],
    ]);
  });

  it.each([[812.4, '812 ms'], [4_120, '4.1 s'], [720_000, '12 min'], [86_400_000, '24 h']])('writes %d ms as %s', (durationMs, words) => {
    expect(durationWords(durationMs)).toBe(words);
  });
});
