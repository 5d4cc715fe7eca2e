import { refusalOf, refusalSentence, retryAfterMs } from './refusal.js';

describe('refusals by a service', () => {
  it('reads a problem document with the fields at fault', () => {
    const body = JSON.stringify({ type: 'urn:handoff:problem:invalid-content', title: 'Invalid content', status: 422, code: 'invalid-content', detail: 'The question is not valid', errors: [{ field: '/ticket/area', detail: 'is not an area' }] });
    const refusal = refusalOf(422, body);
    expect(refusalSentence('The routing service', 'POST /v1/explain', refusal)).toBe('The routing service refused POST /v1/explain (422 invalid-content): The question is not valid.\n  /ticket/area: is not an area');
  });

  it('does not repeat a field that the reason already names', () => {
    const refusal = refusalOf(422, JSON.stringify({ code: 'unknown-reference', detail: "The directory has no offer 'x'.", errors: [{ field: '/offer', detail: "The directory has no offer 'x'." }] }));
    expect(refusalSentence('The routing service', 'POST /v1/explain', refusal)).toBe("The routing service refused POST /v1/explain (422 unknown-reference): The directory has no offer 'x'.");
  });

  it('makes do with the text of a proxy', () => {
    expect(refusalOf(502, '<html><h1>Bad gateway</h1></html>')).toEqual({ status: 502, code: 'http-502', detail: 'Bad gateway', fields: [] });
    expect(refusalOf(500, '').detail).toBe('No reason was given.');
  });

  it('says how to set the token where the token is at fault, and not where the signature is', () => {
    const refused = (code: string): string => refusalSentence('The intake service', 'GET /v1/sources', refusalOf(401, JSON.stringify({ code, detail: 'No.' })));
    expect(refused('token-required')).toContain('Set HANDOFF_TOKEN');
    expect(refused('signature-invalid')).not.toContain('HANDOFF_TOKEN');
  });

  it('sends people to the doctor where the service itself is in trouble', () => {
    expect(refusalSentence('The intake service', 'GET /v1/sources', refusalOf(503, ''))).toContain('npx handoff doctor');
  });
});

describe('Retry-After', () => {
  it('is read as seconds or as a date', () => {
    const nowMs = Date.UTC(2026, 10, 1, 9, 0, 0);
    expect(retryAfterMs('2', nowMs)).toBe(2_000);
    expect(retryAfterMs('Sun, 01 Nov 2026 09:00:30 GMT', nowMs)).toBe(30_000);
    expect(retryAfterMs('Sun, 01 Nov 2026 08:00:00 GMT', nowMs)).toBe(0);
    expect(retryAfterMs('soon', nowMs)).toBeNull();
    expect(retryAfterMs(undefined, nowMs)).toBeNull();
  });
});
