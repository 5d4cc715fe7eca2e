import type { FailureKind, JsonOutcome } from '@handoff/outbound';
import { answerOf } from './api-answer.decision.js';

const answered = (status: number, { text = '', value, retryAfterMs = null }: { text?: string; value?: unknown; retryAfterMs?: number | null } = {}): JsonOutcome => ({
  kind: 'answered', answer: { status, headers: {}, body: Buffer.from(text), retryAfterMs }, content: value === undefined ? { kind: 'bytes', bytes: Buffer.from(text) } : { kind: 'json', value },
});
const failed = (kind: FailureKind): JsonOutcome => ({ kind, arrived: 'no', answer: null, detail: 'It went wrong.', host: 'api.example' });
const kindOf = (outcome: JsonOutcome): string => answerOf(outcome, 'api.example').kind;

describe('what a source\'s interface answered', () => {
  it.each([200, 201, 206])('%i is what was asked for', (status) => {
    expect(answerOf(answered(status, { value: { id: 7 } }), 'api.example')).toEqual({ kind: 'found', value: { id: 7 } });
  });

  it.each([204, 404, 410])('%i is nothing', (status) => {
    expect(kindOf(answered(status))).toBe('nothing');
  });

  it('a page for people in place of JSON may pass', () => {
    expect(answerOf(answered(200, { text: '<html>Maintenance</html>' }), 'api.example')).toEqual({ kind: 'later', problem: 'api.example answered HTTP 200, and not with JSON.', retryAfterMs: null });
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 520])('%i may pass', (status) => {
    expect(answerOf(answered(status, { retryAfterMs: 7_000 }), 'api.example')).toEqual({ kind: 'later', problem: `api.example answered HTTP ${status}.`, retryAfterMs: 7_000 });
  });

  it.each([[301, 'final address'], [307, 'final address'], [400, 'api.baseUrl'], [401, 'new ones'], [403, 'right'], [422, 'api.baseUrl']])('%i is a refusal that says what to do: %s', (status, hint) => {
    expect(answerOf(answered(status), 'api.example')).toMatchObject({ kind: 'refused', problem: expect.stringMatching(new RegExp(`^api\\.example answered HTTP ${status}.*${hint}`)) as unknown });
  });

  it('repeats nothing that the system said', () => {
    expect(JSON.stringify(answerOf(answered(403, { text: 'hunter2', value: { error: 'hunter2' } }), 'api.example'))).not.toContain('hunter2');
  });

  it('a call that was held back waits as long as it must', () => {
    expect(answerOf({ kind: 'held-back', arrived: 'no', answer: null, retryAfterMs: 9_000, detail: 'Calls wait.', host: 'api.example' }, 'api.example')).toEqual({ kind: 'later', problem: 'Calls wait.', retryAfterMs: 9_000 });
  });

  it.each<[FailureKind, string]>([
    ['refused-destination', 'refused'], ['unsendable', 'refused'], ['too-large', 'refused'],
    ['no-credentials', 'later'], ['dns', 'later'], ['connect', 'later'], ['tls', 'later'], ['reset', 'later'], ['timeout', 'later'], ['malformed', 'later'], ['cancelled', 'later'],
  ])('%s: %s', (kind, expected) => {
    expect(answerOf(failed(kind), 'api.example')).toMatchObject({ kind: expected, problem: 'api.example: It went wrong.' });
  });
});
