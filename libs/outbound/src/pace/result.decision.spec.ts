import { type FailureKind, notSent, type Outcome } from '../outbound.js';
import { resultOf } from './result.decision.js';

const answer = (status: number) => ({ status, headers: {}, body: Buffer.alloc(0), retryAfterMs: null });

describe('what a call says of its server', () => {
  it.each([[200, 'success'], [302, 'success'], [401, 'success'], [404, 'success'], [429, 'success'], [500, 'failure'], [501, 'success'], [503, 'failure']] as const)('by status %i is %s', (status, result) => {
    expect(resultOf({ kind: 'answered', answer: answer(status) })).toBe(result);
    expect(resultOf({ ...notSent('reset', '', ''), arrived: 'yes', answer: answer(status) })).toBe(result);
  });

  it.each<[FailureKind, string]>([['dns', 'failure'], ['connect', 'failure'], ['tls', 'failure'], ['reset', 'failure'], ['timeout', 'failure'], ['malformed', 'failure'], ['too-large', 'failure'], ['refused-destination', 'neutral'], ['unsendable', 'neutral'], ['cancelled', 'neutral'], ['no-credentials', 'neutral']])(
    'by %s is %s', (kind, result) => {
      expect(resultOf(notSent(kind, '', ''))).toBe(result);
    });

  it('is nothing when it was held back', () => {
    const held: Outcome = { kind: 'held-back', arrived: 'no', answer: null, retryAfterMs: 1, host: '', detail: '' };
    expect(resultOf(held)).toBe('neutral');
  });
});
