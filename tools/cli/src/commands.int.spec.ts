import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { KeyRing } from '@handoff/secrets';
import { isRecord, listAt, parsedJson, textAt } from './json-reading.js';
import { type Behaviours, guarded, jiraWebhook, problem, type Ran, StandIn } from './stand-in.testing.js';

const TICKET_ID = '0f0e7d52-0000-5000-8000-000000000001';
const DECISION = { responsible: { role: 'indirect-reseller', partyId: '2002' }, queue: 'partner/2002', reasons: [{ code: 'agreement-entry', text: 'The agreement gives payment to the reseller.', source: 'northwind-fabrikam' }] };
const TICKET = { ticketId: TICKET_ID, ticketVersion: 1, source: 'jira-demo', externalId: 'DEMO-1', subject: 'Wrong invoice', area: 'payment', queue: 'partner/2002', decision: DECISION, decidedAt: '2026-11-01T09:00:00Z', parked: [] };
const NOTIFICATION = { notificationId: 'n-1', ticketId: TICKET_ID, state: 'delivered', purpose: 'act', channel: 'email', address: 'accounts@fabrikam.example', attempts: [{ attempt: 1, at: '2026-11-01T09:00:01Z', outcome: 'delivered', durationMs: 9 }] };
const KEYS = { newestKey: 'k2', keys: [{ key: 'k2', secrets: 3, isInRing: true }, { key: 'k1', secrets: 0, isInRing: true }], outdated: [] as unknown[] };
const WEBHOOKS = 'POST /v1/sources/jira-demo/webhooks';

/** All services of a healthy installation behind one address. */
const HEALTHY: Behaviours = {
  'GET /v1/sources': guarded(() => ({ status: 200, body: { items: [{ source: 'jira-demo', adapter: 'jira-service-management', sourceParty: 'partner/1001' }], next: null } })),
  'GET /v1/sources/jira-demo': guarded(() => ({ status: 200, body: { source: 'jira-demo', adapter: 'jira-service-management', sourceParty: 'partner/1001', toleranceSeconds: null } })),
  [WEBHOOKS]: jiraWebhook((_received, nth) => ({ status: 202, body: { eventId: `event-${nth}`, ticketId: TICKET_ID } })),
  'POST /v1/explain': guarded(() => ({ status: 200, body: DECISION })),
  [`GET /v1/tickets/${TICKET_ID}`]: guarded(() => ({ status: 200, body: TICKET })),
  [`POST /v1/tickets/${TICKET_ID}/acknowledge`]: guarded(({ body }) => ({ status: 200, body: { ...TICKET, ticketVersion: 2, acknowledgeBy: '2026-11-02T11:00:00.000Z', response: { acknowledgedAt: '2026-11-02T10:00:00.000Z', overdueSince: null, acknowledgements: [{ ...(parsedJson(body.toString()) as object), at: '2026-11-02T10:00:00.000Z' }] } } })),
  [`POST /v1/tickets/${TICKET_ID}/resolve`]: guarded(() => ({ status: 200, body: { ...TICKET, ticketVersion: 2, isClosed: true } })),
  [`POST /v1/tickets/${TICKET_ID}/classify`]: guarded(({ body }) => ({ status: 200, body: { ...TICKET, ticketVersion: 2, ...(parsedJson(body.toString()) as object) } })),
  [`POST /v1/tickets/${TICKET_ID}/reassign`]: guarded(({ body }) => ({ status: 200, body: { ...TICKET, ticketVersion: 2, ...(parsedJson(body.toString()) as object) } })),
  'GET /v1/tickets': guarded(() => ({ status: 200, body: { items: [TICKET], next: 'page-2' } })),
  'GET /v1/notifications': guarded(() => ({ status: 200, body: { items: [], next: null } })),
  'GET /v1/keys': guarded(() => ({ status: 200, body: KEYS })),
  'POST /v1/keys/rotate': guarded(() => ({ status: 200, body: { ...KEYS, outdated: [], resealed: 1 } })),
  'GET /health/ready': () => ({ status: 200, body: { status: 'ok', checks: { postgres: 'ok', kafka: 'ok' } } }),
  'GET /metrics': guarded(() => ({ status: 200, body: 'handoff_set_aside_records 0\n' })),
  'GET /mailbox': () => ({ status: 200, body: '<html></html>' }),
};

const open: StandIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

async function installation(changes: Behaviours = {}): Promise<StandIn> {
  const standIn = await StandIn.start({ ...HEALTHY, ...changes });
  open.push(standIn);
  return standIn;
}

const documentOf = ({ out }: Ran): unknown => parsedJson(out);
const webhooksOf = (standIn: StandIn) => standIn.received.filter(({ method }) => method === 'POST');

describe('handoff send', () => {
  it('posts the bytes of a file as they are, signed, and prints the ids', async () => {
    const standIn = await installation();
    const content = '{ "issue":  {"key": "SUP-12"} }\n';
    const ran = await standIn.run(['send', await standIn.write('issue.json', content), '--source', 'jira-demo', '--json']);
    expect(ran.exitCode).toBe(0);
    expect(documentOf(ran)).toMatchObject({ eventId: 'event-0', ticketId: TICKET_ID, externalId: 'SUP-12', sent: [{ eventId: 'event-0' }], refused: [] });
    expect(webhooksOf(standIn).map(({ body }) => body.toString())).toEqual([content]);
  });

  it('posts a built-in sample when no file is named, and tells people where to look next', async () => {
    const ran = await (await installation()).run(['send', '--source', 'jira-demo']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toContain(`npx handoff tickets ${TICKET_ID}`);
  });

  it('sends many tickets, each with its own key and delivery id', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['send', '--source', 'jira-demo', '--count', '30', '--concurrency', '4', '--json']);
    const keys = new Set(listAt(documentOf(ran), 'sent').map((sent) => textAt(sent, 'externalId')));
    const deliveries = new Set(webhooksOf(standIn).map(({ headers }) => headers['x-atlassian-webhook-identifier']));
    expect([ran.exitCode, keys.size, deliveries.size]).toEqual([0, 30, 30]);
    expect(new Set(webhooksOf(standIn).map(({ body }) => textAt(parsedJson(body.toString()), 'issue', 'key')))).toEqual(keys);
  });

  it('keeps the delivery id that is given', async () => {
    const standIn = await installation();
    await standIn.run(['send', '--source', 'jira-demo', '--key', 'delivery-1']);
    expect(webhooksOf(standIn)[0]?.headers['x-atlassian-webhook-identifier']).toBe('delivery-1');
  });

  it('tries again when there was no room, and counts it', async () => {
    const accept = jiraWebhook((_received, nth) => (nth === 0 ? problem(503, 'not-ready', 'No room.', { 'retry-after': '0' }) : { status: 202, body: { eventId: 'event-1', ticketId: TICKET_ID } }));
    const ran = await (await installation({ [WEBHOOKS]: accept })).run(['send', '--source', 'jira-demo', '--json']);
    expect(ran.exitCode).toBe(0);
    expect(documentOf(ran)).toMatchObject({ eventId: 'event-1', retries: 1 });
  });

  it('says why a webhook was refused and exits with 1', async () => {
    const ran = await (await installation()).run(['send', '--source', 'jira-demo', '--secret', 'another-secret', '--json']);
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toBe('The intake service refused POST /v1/sources/jira-demo/webhooks (401 signature-invalid): The signature does not fit the body.\n');
    expect(documentOf(ran)).toMatchObject({ sent: [], refused: [{ status: 401, code: 'signature-invalid', externalId: 'DEMO-1' }] });
  });

  it('counts refusals by code when many are sent', async () => {
    const ran = await (await installation()).run(['send', '--source', 'jira-demo', '--count', '3'], { env: { HANDOFF_SOURCE_SECRET: 'another-secret' } });
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toMatch(/Accepted +0 of 3 by jira-demo\nRefused +3 × signature-invalid/);
  });

  it('says that there is no such source', async () => {
    const ran = await (await installation()).run(['send', '--source', 'nowhere']);
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toMatch(/^There is no source nowhere at http.*handoff sources\n$/);
  });

  it('is wrong use without a readable file, a secret, or a payload that can be made distinct', async () => {
    const standIn = await installation();
    await standIn.write('demo-secrets.json', '{}');
    const noSecret = await standIn.run(['send', '--source', 'jira-demo']);
    const secret = ['--secret', 'another-secret'];
    const noFile = await standIn.run(['send', 'absent.json', '--source', 'jira-demo', ...secret]);
    const noIssue = await standIn.run(['send', '-', '--source', 'jira-demo', '--fresh', ...secret], { input: '{"webhookEvent":"project_created"}' });
    const noJson = await standIn.run(['send', '-', '--source', 'jira-demo', '--fresh', ...secret], { input: 'hello' });
    expect([noSecret, noFile, noIssue, noJson].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
    expect(noSecret.err).toContain('HANDOFF_SOURCE_SECRET');
    expect(noFile.err).toContain('There is no file absent.json');
    expect(noIssue.err).toContain('no ticket id where jira keeps it');
    expect(noJson.err).toContain('Standard input is not a JSON object');
    expect(webhooksOf(standIn)).toEqual([]);
  });
});

describe('handoff explain', () => {
  it('asks with flags over a question from standard input, and prints the reasons', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['explain', '-', '--area', 'payment'], { input: '{"ticket":{"severity":"B"},"subscription":"woodgrove-crm"}' });
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toContain('Responsible  indirect reseller 2002');
    expect(ran.out).toContain('The agreement gives payment to the reseller.');
    expect(parsedJson(webhooksOf(standIn)[0]?.body.toString() ?? '')).toEqual({ ticket: { severity: 'B', area: 'payment' }, subscription: 'woodgrove-crm' });
  });

  it('gives programs the answer as it came', async () => {
    expect(documentOf(await (await installation()).run(['explain', '--area', 'payment', '--json']))).toEqual(DECISION);
  });

  it('shows which field was at fault', async () => {
    const refuse = guarded(() => ({ status: 422, body: { code: 'invalid-content', detail: 'The question is not valid.', errors: [{ field: '/ticket/area', detail: 'is not an area' }] } }));
    const ran = await (await installation({ 'POST /v1/explain': refuse })).run(['explain', '--area', 'moon', '--json']);
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toContain('/ticket/area: is not an area');
    expect(documentOf(ran)).toMatchObject({ error: { code: 'invalid-content', status: 422 } });
  });
});

describe('handoff tickets reassign', () => {
  it('moves a ticket with the reason, and wants one', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['tickets', 'reassign', TICKET_ID, 'partner/2002', '--reason', 'They know it.', '--by', 'ada']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(webhooksOf(standIn).map(({ body }) => parsedJson(body.toString()))).toEqual([{ to: 'partner/2002', reason: 'They know it.', by: 'ada' }]);
    expect((await (await installation()).run(['tickets', 'reassign', TICKET_ID, 'partner/2002'])).exitCode).toBe(2);
  });
});

describe('handoff tickets attach and detach', () => {
  it('say that a ticket belongs to an outage, or does not, with the reason, and want one', async () => {
    const taken = guarded(({ body }) => ({ status: 200, body: { ...TICKET, ticketVersion: 2, ...(parsedJson(body.toString()) as object) } }));
    const standIn = await installation({ [`POST /v1/tickets/${TICKET_ID}/attach`]: taken, [`POST /v1/tickets/${TICKET_ID}/detach`]: taken });
    expect(await standIn.run(['tickets', 'attach', TICKET_ID, 'outage-7', '--reason', 'The same error.', '--by', 'ada'])).toMatchObject({ exitCode: 0, err: '' });
    expect(await standIn.run(['tickets', 'detach', TICKET_ID, '--reason', 'Their own network.'])).toMatchObject({ exitCode: 0, err: '' });
    expect(webhooksOf(standIn).map(({ body }) => parsedJson(body.toString()))).toEqual([{ noticeId: 'outage-7', reason: 'The same error.', by: 'ada' }, { reason: 'Their own network.' }]);
    expect((await standIn.run(['tickets', 'attach', TICKET_ID, 'outage-7'])).exitCode).toBe(2);
  });
});

describe('handoff tickets classify', () => {
  it('says what a ticket is about, and shows who must act now', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['tickets', 'classify', TICKET_ID, 'break-fix', '--by', 'ada', '--note', 'From the log.']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toMatch(/version 2[\s\S]*break-fix[\s\S]*partner\/2002/);
    expect(webhooksOf(standIn).map(({ body }) => parsedJson(body.toString()))).toEqual([{ area: 'break-fix', by: 'ada', note: 'From the log.' }]);
  });

  it('says why it was refused, and wants an area', async () => {
    const refused = await (await installation({ [`POST /v1/tickets/${TICKET_ID}/classify`]: guarded(() => problem(409, 'ticket-closed', 'It is closed.')) })).run(['tickets', 'classify', TICKET_ID, 'payment', '--json']);
    expect([refused.exitCode, documentOf(refused)]).toMatchObject([1, { error: { code: 'ticket-closed', status: 409 } }]);
    expect((await (await installation()).run(['tickets', 'classify', TICKET_ID])).exitCode).toBe(2);
  });
});

describe('handoff tickets acknowledge', () => {
  it('says that somebody works on a ticket, and shows who', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['tickets', 'acknowledge', TICKET_ID, '--by', 'ada', '--party', 'isv/contoso']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toMatch(/Acknowledged[\s\S]*ada/);
    expect(webhooksOf(standIn).map(({ body }) => parsedJson(body.toString()))).toEqual([{ by: 'ada', party: 'isv/contoso' }]);
  });
});

describe('handoff tickets resolve', () => {
  it('says that a ticket is done, by whom and how', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['tickets', 'resolve', TICKET_ID, '--by', 'ada', '--note', 'It works again.', '--json']);
    expect([ran.exitCode, documentOf(ran)]).toMatchObject([0, { isClosed: true }]);
    expect(webhooksOf(standIn).map(({ body }) => parsedJson(body.toString()))).toEqual([{ by: 'ada', note: 'It works again.' }]);
  });
});

describe('handoff tickets', () => {
  it('waits for a ticket that is not decided yet and adds its notifications', async () => {
    const standIn = await installation({
      [`GET /v1/tickets/${TICKET_ID}`]: guarded((_received, nth) => (nth < 2 ? problem(404, 'ticket-unknown', 'There is no such ticket.') : { status: 200, body: TICKET })),
      'GET /v1/notifications': guarded((_received, nth) => ({ status: 200, body: { items: [{ ...NOTIFICATION, notificationId: `n-${nth}` }], next: nth === 0 ? 'page-2' : null } })),
    });
    const ran = await standIn.run(['tickets', TICKET_ID, '--json', '--wait', '30']);
    expect(ran.exitCode).toBe(0);
    expect(documentOf(ran)).toMatchObject({ ticketId: TICKET_ID, queue: 'partner/2002', decision: DECISION, reasons: DECISION.reasons, notifications: [{ notificationId: 'n-0' }, { notificationId: 'n-1' }] });
  });

  it('gives up on a ticket that does not come, with what the service says of it', async () => {
    const parked = guarded(() => problem(404, 'ticket-parked', 'The ticket was received but could not be routed yet: no offer.'));
    const ran = await (await installation({ [`GET /v1/tickets/${TICKET_ID}`]: parked })).run(['tickets', TICKET_ID, '--wait', '0', '--json']);
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toContain('could not be routed yet: no offer. Waited 0 s');
    expect(documentOf(ran)).toMatchObject({ error: { code: 'ticket-parked', status: 404 } });
  });

  it('shows the ticket also when the notifier fails, and says so', async () => {
    const ran = await (await installation({ 'GET /v1/notifications': () => problem(503, 'not-ready', 'postgres: away.') })).run(['tickets', TICKET_ID]);
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toContain('Wrong invoice');
    expect(ran.err).toContain('The notifications cannot be shown.');
  });

  it('lists tickets and says how to go on', async () => {
    const ran = await (await installation()).run(['tickets', '--queue', 'partner/2002']);
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toContain(`${TICKET_ID}  partner/2002  jira-demo  DEMO-1`);
    expect(ran.out).toContain('--cursor page-2');
  });
});

describe('handoff keys', () => {
  const outdated = { ...KEYS, outdated: [{ table: 'source_secret', row: 'jira-demo', key: 'k1' }] };

  it('lists the keys of both services that keep secrets', async () => {
    const ran = await (await installation()).run(['keys', 'list']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toMatch(/intake +k2 +3 +newest\n(.*\n)+notifier +k2 +3 +newest/);
  });

  it('says with exit code 1 that secrets are under an old key, until they are rotated', async () => {
    const standIn = await installation({ 'GET /v1/keys': guarded(() => ({ status: 200, body: outdated })) });
    expect(await standIn.run(['keys', 'list'])).toMatchObject({ exitCode: 1, out: expect.stringContaining('npx handoff keys rotate') as unknown });
    const rotated = await standIn.run(['keys', 'rotate', '--json']);
    expect([rotated.exitCode, documentOf(rotated)]).toEqual([0, { intake: expect.objectContaining({ resealed: 1 }), notifier: expect.objectContaining({ resealed: 1 }) }]);
  });

  it('makes a key that the services take', async () => {
    const ran = await (await installation()).run(['keys', 'new']);
    expect([ran.exitCode, KeyRing.parse(ran.out).ids]).toEqual([0, [expect.stringMatching(/^k\d{8}-/)]]);
  });
});

describe('handoff doctor', () => {
  // What the machine itself lacks is not under test here.
  const ofMachine = new Set(['node', 'dependencies', 'disk']);
  const findingsOf = (ran: Ran): unknown[] => listAt(documentOf(ran), 'checks').filter((check) => isRecord(check) && check['state'] === 'finding' && !ofMachine.has(String(check['name']))).map((check) => textAt(check, 'name'));

  it('finds nothing in a healthy installation', async () => {
    const ran = await (await installation()).run(['doctor', '--json']);
    expect(findingsOf(ran)).toEqual([]);
  });

  it('finds each thing that is wrong, with exit code 1', async () => {
    const standIn = await installation({
      'GET /health/ready': () => problem(503, 'not-ready', 'kafka: no broker answers.'),
      'GET /metrics': guarded(() => ({ status: 200, body: 'handoff_set_aside_records{state="dead"} 1\n' })),
      'GET /v1/notifications': guarded(() => ({ status: 200, body: { items: [{ ...NOTIFICATION, state: 'failed' }], next: null } })),
      'GET /v1/keys': guarded(() => ({ status: 200, body: { ...KEYS, outdated: [{ table: 'source_secret', row: 'jira-demo', key: 'k1' }] } })),
      'GET /mailbox': () => ({ status: 500 }),
    });
    const ran = await standIn.run(['doctor', '--json']);
    expect(ran.exitCode).toBe(1);
    expect(findingsOf(ran)).toEqual(['intake', 'routing', 'notifier', 'console', 'kafka', 'postgres', 'mailbox', 'parked', 'notifications', 'keys']);
  });

  it('finds a token of another installation', async () => {
    const ran = await (await installation()).run(['doctor'], { env: { HANDOFF_TOKEN: 'of-another-installation' } });
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toContain('finding  The routing service refuses the token (401).');
  });
});

describe('every command', () => {
  it('says that nothing answers when Handoff does not run', async () => {
    const standIn = await installation();
    const { url } = standIn;
    await standIn.stopServer();
    const sentence = `Nothing answers at ${url}. Is Handoff running? Start it with: npm start`;
    for (const argv of [['send', '--source', 'jira-demo'], ['explain', '--area', 'payment'], ['tickets'], ['sources']]) {
      const ran = await standIn.run([...argv, '--json']);
      expect({ argv, exitCode: ran.exitCode, err: ran.err }).toEqual({ argv, exitCode: 1, err: `${sentence}\n` });
      expect(documentOf(ran)).toEqual({ error: { code: 'unreachable', message: sentence, status: null } });
    }
  });

  it('says how to set the token when it is refused, and takes it from a file', async () => {
    const standIn = await installation();
    const refused = await standIn.run(['tickets'], { env: { HANDOFF_TOKEN: 'of-another-installation' } });
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('Set HANDOFF_TOKEN or HANDOFF_TOKEN_FILE') as unknown });
    const file = await standIn.write('other-token', 'of-another-installation');
    expect((await standIn.run(['tickets'], { env: { HANDOFF_TOKEN_FILE: file } })).exitCode).toBe(1);
    expect((await standIn.run(['tickets'], { env: { HANDOFF_TOKEN_FILE: `${file}-absent` } })).exitCode).toBe(2);
  });

  it('takes an address from an option before the environment, and that before run.json', async () => {
    const standIn = await installation();
    const env = { HANDOFF_ROUTING_URL: 'http://127.0.0.1:1' };
    expect((await standIn.run(['tickets'], { env })).err).toContain('http://127.0.0.1:1');
    expect((await standIn.run(['tickets', '--url-routing', `${standIn.url}/`], { env })).exitCode).toBe(0);
    expect((await standIn.run(['tickets', '--url-routing', 'localhost'])).exitCode).toBe(2);
  });

  it('says so when another program answers at the address', async () => {
    const ran = await (await installation({ 'GET /v1/sources': () => ({ status: 200, body: '<html>' }) })).run(['sources']);
    expect(ran).toMatchObject({ exitCode: 1, err: expect.stringContaining('Does another program use that port?') as unknown });
  });
});

describe('handoff console link', () => {
  it('prints a link for the person, and nothing else', async () => {
    const url = 'http://127.0.0.1:8080/sign-in?code=abc';
    const standIn = await installation({ 'POST /v1/sign-in-links': guarded(() => ({ status: 201, body: { url, expiresAt: '2026-11-01T09:30:00.000Z' } })) });
    expect(await standIn.run(['console', 'link', '--name', 'Ada'])).toMatchObject({ exitCode: 0, out: `${url}\n` });
    expect(documentOf(await standIn.run(['console', 'link', '--json']))).toMatchObject({ url });
    expect(standIn.received.map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual([{ name: 'Ada' }, { name: userInfo().username }]);
    expect((await standIn.run(['console', 'link', '--name', ' '])).exitCode).toBe(2);
  });
});

describe('handoff console rebuild', () => {
  const rebuild = (state: string, eventsDone: number, reason: string | null = null) => ({ state, eventsDone, eventsTotal: 3_000, startedAt: '2026-11-01T09:00:00.000Z', endedAt: null, reason });

  it('tells how far it is until it is done', async () => {
    const standIn = await installation({
      'POST /v1/rebuild': guarded(() => ({ status: 202, body: rebuild('running', 0) })),
      'GET /v1/rebuild': guarded((_received, nth) => ({ status: 200, body: nth === 0 ? rebuild('running', 2_000) : rebuild('done', 3_000) })),
    });
    expect(await standIn.run(['console', 'rebuild'])).toMatchObject({ exitCode: 0, err: '0 of 3000 events\n2000 of 3000 events\n', out: 'rebuilt from 3000 events\n' });
  });

  it('says why it failed', async () => {
    const standIn = await installation({ 'POST /v1/rebuild': guarded(() => ({ status: 202, body: rebuild('failed', 0, 'The disk is full.') })) });
    expect(await standIn.run(['console', 'rebuild'])).toMatchObject({ exitCode: 1, err: expect.stringContaining('The disk is full.') as unknown });
  });
});

describe('the handoff program', () => {
  it('says how to build it when it is not built, and exits with 2', async () => {
    const dir = await mkdtemp(path.join(tmpdir(), 'handoff-bin-'));
    try {
      await cp(path.join(import.meta.dirname, '../bin'), path.join(dir, 'bin'), { recursive: true });
      const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
        execFile(process.execPath, [path.join(dir, 'bin/handoff.mjs'), 'tickets'], (error, _stdout, said) => resolve({ code: error?.code, stderr: said }));
      });
      expect(code).toBe(2);
      expect(stderr).toMatch(/not built yet.*npm start.*npm run build/);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
