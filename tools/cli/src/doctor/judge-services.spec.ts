import { judgeClock, judgeEngine, judgeFailedNotifications, judgeKeys, judgeMailbox, judgeReadiness, judgeSetAside, judgeToken, type Reply, sumOfMetric } from './judge-services.js';

const NOW_MS = Date.UTC(2026, 10, 1, 9, 0, 0, 500);
const SILENCE: Reply = { kind: 'silence', sentence: 'Nothing answers at http://127.0.0.1:8081. Is Handoff running? Start it with: npm start' };
const answered = (status: number, body: unknown, dateHeader: string | null = null): Reply => ({ kind: 'answer', status, body: typeof body === 'string' ? body : JSON.stringify(body), dateHeader, receivedAtMs: NOW_MS });
const READY = answered(200, { status: 'ok', checks: { postgres: 'ok', kafka: 'ok' } });
const all = (reply: Reply) => ({ intake: reply, routing: reply, notifier: reply, console: reply });
const ADDRESS = { url: 'http://127.0.0.1:8081', origin: 'run' } as const;

describe('the doctor on services', () => {
  it('tells why a service is not ready', () => {
    expect(judgeReadiness('intake', ADDRESS, READY).isFinding).toBe(false);
    expect(judgeReadiness('intake', ADDRESS, answered(503, { code: 'not-ready', detail: 'kafka: no broker.' })).text).toBe('The intake service is not ready: kafka: no broker.');
    expect(judgeReadiness('intake', ADDRESS, SILENCE).remedy).toContain('npm start');
    expect(judgeReadiness('intake', ADDRESS, answered(404, 'nginx')).text).toContain('is not the intake service');
  });

  it('tells of each engine what the services tell, each by itself', () => {
    const replies = { intake: answered(503, { detail: 'postgres: password refused. kafka: no broker answers.' }), routing: READY, notifier: SILENCE, console: SILENCE };
    expect(judgeEngine('postgres', replies).text).toBe('PostgreSQL is not usable (intake: password refused.).');
    expect(judgeEngine('kafka', replies).text).toBe('Kafka is not usable (intake: no broker answers.).');
    expect(judgeEngine('kafka', all(READY)).text).toBe('Kafka is reachable from intake, routing, notifier, console.');
    expect(judgeEngine('kafka', all(SILENCE)).isFinding).toBe(true);
  });

  it('finds a token that is missing or refused', () => {
    expect(judgeToken('token', '/data', answered(200, { items: [] })).isFinding).toBe(false);
    expect(judgeToken(null, '/data', answered(401, {})).text).toBe('There is no bearer token for the services.');
    expect(judgeToken('token', '/data', answered(401, {})).text).toContain('refuses the token (401)');
    expect(judgeToken('token', '/data', SILENCE).isFinding).toBe(true);
  });

  it('finds events that are set aside by the metrics of the services', () => {
    const metrics = '# TYPE handoff_set_aside_records counter\nhandoff_set_aside_records{state="dead"} 2\nhandoff_set_aside_records{state="waiting"} 1\nhandoff_set_aside_records_other 9\n';
    expect(sumOfMetric(metrics, 'handoff_set_aside_records')).toBe(3);
    expect(judgeSetAside({ ...all(answered(200, '')), routing: answered(200, metrics) }).text).toContain('3 in routing');
    expect(judgeSetAside(all(answered(200, ''))).isFinding).toBe(false);
    expect(judgeSetAside({ ...all(answered(200, '')), notifier: answered(401, '') }).text).toContain('cannot be told by notifier');
  });

  it('finds failed notifications and says how to send them again', () => {
    const item = { notificationId: 'n-1', ticketId: 't-1', address: 'desk@fabrikam.example' };
    expect(judgeFailedNotifications(answered(200, { items: [], next: null })).isFinding).toBe(false);
    expect(judgeFailedNotifications(answered(200, { items: [item], next: null }))).toMatchObject({ text: 'A notification has failed, as n-1 to desk@fabrikam.example.', remedy: expect.stringContaining('POST /v1/notifications/n-1/retry') as unknown });
    expect(judgeFailedNotifications(answered(200, { items: [item], next: 'c' })).text).toContain('Several');
    expect(judgeFailedNotifications(answered(401, {})).isFinding).toBe(true);
  });

  it('finds secrets under an old key, and names them', () => {
    const standing = (...rows: string[]) => answered(200, { newestKey: 'k2', keys: [], outdated: rows.map((row) => ({ table: 'source_secret', row, key: 'k1' })) });
    expect(judgeKeys({ intake: standing(), notifier: standing() }).isFinding).toBe(false);
    expect(judgeKeys({ intake: standing('desk'), notifier: standing() })).toMatchObject({ isFinding: true, text: 'Secrets are sealed with an old key: desk in intake (k1).', remedy: 'Seal them with the newest: npx handoff keys rotate' });
    expect(judgeKeys({ intake: standing('a', 'b', 'c', 'd', 'e', 'f'), notifier: standing() }).text).toMatch(/e in intake \(k1\), and more\.$/);
    expect(judgeKeys({ intake: standing(), notifier: SILENCE }).text).toBe('Which keys seal the secrets cannot be told by notifier.');
  });

  it('finds a clock that is wrong by more than seconds', () => {
    expect(judgeClock(all(answered(200, {}, 'Sun, 01 Nov 2026 09:00:00 GMT'))).isFinding).toBe(false);
    expect(judgeClock({ ...all(READY), routing: answered(200, {}, 'Sun, 01 Nov 2026 08:55:00 GMT') }).text).toContain('The clock of routing and this one differ by 300 s');
    expect(judgeClock(all(SILENCE)).isFinding).toBe(false);
  });

  it('finds a mailbox that does not answer, where one is expected', () => {
    expect(judgeMailbox(null, null).isFinding).toBe(false);
    expect(judgeMailbox('http://127.0.0.1:8025', answered(200, '<html>')).isFinding).toBe(false);
    expect(judgeMailbox('http://127.0.0.1:8025', SILENCE).isFinding).toBe(true);
  });
});
