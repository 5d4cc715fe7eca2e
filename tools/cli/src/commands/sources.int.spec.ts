import { parsedJson } from '../json-reading.js';
import { type Behaviours, guarded, problem, StandIn } from '../stand-in.testing.js';

const DESK = { source: 'desk', adapter: 'standard-webhooks', sourceParty: 'partner/1001', toleranceSeconds: 300, mapping: {}, settings: {}, pausedAt: null, allowedAddresses: [], requestsPerSecondMax: null, api: null, webhookUrl: 'https://intake.example/v1/sources/desk/webhooks' };
const STATUS = {
  lastEventAt: '2026-11-02T08:59:58.000Z', lastAcceptedAt: '2026-11-02T08:59:58.000Z', lastRefused: { at: '2026-11-02T07:10:00.000Z', code: 'timestamp-stale' }, lastLagMs: 812, perMinute: 2.4,
  lastHour: { accepted: 130, duplicate: 0, ignored: 0, own: 0, parked: 1, refused: { 'timestamp-stale': 2 }, lag: { meanMs: 790, maxMs: 4_120 } },
  lastDay: { accepted: 130, duplicate: 0, ignored: 0, own: 0, parked: 1, refused: {}, lag: null },
};
const SECRET = 'whsec_bWFkZSBieSB0aGUgc2VydmljZQ==';
const ONCE = 'will not be shown again';
const TESTED = { source: 'desk', isOk: true, eventId: 'e-1', ticketId: 't-1', steps: [{ step: 'source', isOk: true, text: "The source 'desk' is there." }, { step: 'take', isOk: true, text: 'It became the event e-1.' }] };

const INTAKE: Behaviours = {
  'GET /v1/sources': guarded(() => ({ status: 200, body: { items: [{ ...DESK, status: STATUS }, { ...DESK, source: 'quiet', pausedAt: '2026-11-02T09:00:00.000Z' }], next: null } })),
  'GET /v1/sources/desk': guarded(() => ({ status: 200, body: { ...DESK, status: STATUS, secrets: [{ id: '7', createdAt: '2026-11-01T09:00:00.000Z', expiresAt: null }] } })),
  'POST /v1/sources': guarded(({ body }) => ({ status: 201, body: { ...DESK, secret: SECRET, ...(parsedJson(body.toString()) as object) } })),
  'PATCH /v1/sources/desk': guarded(({ body }) => ({ status: 200, body: { ...DESK, ...(parsedJson(body.toString()) as object) } })),
  'DELETE /v1/sources/desk': guarded(() => ({ status: 204, body: '' })),
  'POST /v1/sources/desk/pause': guarded(() => ({ status: 200, body: { ...DESK, pausedAt: '2026-11-02T09:00:00.000Z' } })),
  'POST /v1/sources/desk/resume': guarded(() => ({ status: 200, body: DESK })),
  'POST /v1/sources/desk/secrets/rotate': guarded(({ body }) => ({ status: 200, body: { source: 'desk', secret: SECRET, oldExpireAt: '2026-11-03T09:00:00.000Z', ...(parsedJson(body.toString()) as object) } })),
  'POST /v1/sources/desk/test': guarded(() => ({ status: 200, body: TESTED })),
  'GET /v1/sources/desk/setup': guarded(({ headers }) => ({ status: 200, body: headers.accept === 'text/markdown' ? '# Standard Webhooks\n\n1. URL:\n' : { source: 'desk', steps: [] } })),
  'GET /v1/adapters': guarded(() => ({ status: 200, body: { items: [{ name: 'connectwise-psa', title: 'ConnectWise PSA', hasSecret: false, canBeTested: false, settings: { properties: { company: {}, host: {} }, required: ['company'] }, api: { auth: ['basic'] } }] } })),
};

const open: StandIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

async function installation(changes: Behaviours = {}): Promise<StandIn> {
  const standIn = await StandIn.start({ ...INTAKE, ...changes });
  open.push(standIn);
  return standIn;
}

const sentTo = (standIn: StandIn): readonly unknown[] => standIn.received.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => [`${method} ${path}`, parsedJson(body.toString())]);

describe('handoff sources', () => {
  it('lists sources with what came from each', async () => {
    expect((await (await installation()).run(['sources'])).out.split('\n')).toEqual([
      'SOURCE  ADAPTER            PARTY         STATE   LAST EVENT                A MINUTE  LAST HOUR',
      'desk    standard-webhooks  partner/1001  active  2026-11-02T08:59:58.000Z  2.4       130 accepted, 1 parked, 2 refused (timestamp-stale)',
      'quiet   standard-webhooks  partner/1001  paused  -                         -         nothing',
      '',
    ]);
  });

  it('shows one with its fields, its secrets and its status', async () => {
    const { out } = await (await installation()).run(['source', 'show', 'desk']);
    expect(out).toContain('sourceParty           partner/1001\ntoleranceSeconds      300\n');
    expect(out).toContain('secrets               made 2026-11-01T09:00:00.000Z, holds until it is rotated\n');
    expect(out).toContain('Last accepted  2026-11-02T08:59:58.000Z, 812 ms after it happened\n');
    expect(out).toContain('Last hour      130 accepted, 1 parked, 2 refused (timestamp-stale); on their way for 790 ms, at most 4.1 s\n');
  });
});

describe('handoff adapters', () => {
  it('lists the kinds of systems, with the settings that each needs', async () => {
    expect((await (await installation()).run(['adapters'])).out).toContain('connectwise-psa  ConnectWise PSA  none    company*, host  basic');
  });
});

describe('handoff source create', () => {
  it('creates a source by flags, and shows the secret once', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['source', 'create', 'desk', '--adapter', 'standard-webhooks', '--party', 'partner/1001', '--setting', 'company=contoso', '--setting', 'host=a=b', '--allow', '203.0.113.0/24, 2001:db8::1', '--requests-per-second', '20']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(sentTo(standIn)).toEqual([['POST /v1/sources', { source: 'desk', adapter: 'standard-webhooks', sourceParty: 'partner/1001', settings: { company: 'contoso', host: 'a=b' }, allowedAddresses: ['203.0.113.0/24', '2001:db8::1'], requestsPerSecondMax: 20 }]]);
    expect(ran.out.split(SECRET)).toHaveLength(2);
    for (const words of [ONCE, 'https://intake.example/v1/sources/desk/webhooks', 'npx handoff source setup desk', 'npx handoff source test desk']) expect(ran.out).toContain(words);
  });

  it('takes the rest from a file, and what flags say over it', async () => {
    const standIn = await installation();
    const api = await standIn.write('api.json', '{"baseUrl":"https://desk.example"}');
    await standIn.run(['source', 'create', 'desk', '-', '--adapter', 'zammad', '--api', api], { input: '{"adapter":"jira-service-management","mapping":{"defaults":{"area":"payment"}}}' });
    expect(sentTo(standIn)).toEqual([['POST /v1/sources', { source: 'desk', adapter: 'zammad', mapping: { defaults: { area: 'payment' } }, api: { baseUrl: 'https://desk.example' } }]]);
  });

  it('takes a secret from a file or standard input, and does not repeat it', async () => {
    const standIn = await installation();
    const file = await standIn.write('secret', 'my own secret \r\n');
    const ran = await standIn.run(['source', 'create', 'desk', '--adapter', 'zammad', '--secret-file', file]);
    expect(ran.out).toContain('the one that was given');
    expect(ran.out).not.toContain('my own secret');
    await standIn.run(['source', 'create', 'desk', '--adapter', 'zammad', '--secret-file', '-'], { input: 'another\n' });
    expect(sentTo(standIn)).toMatchObject([[expect.anything(), { secret: 'my own secret ' }], [expect.anything(), { secret: 'another' }]]);
  });

  it('gives programs the answer, and says to people beside it that the secret is shown once', async () => {
    const ran = await (await installation()).run(['source', 'create', 'desk', '--adapter', 'zammad', '--json']);
    expect(parsedJson(ran.out)).toMatchObject({ source: 'desk', secret: SECRET });
    expect(ran.err).toContain(ONCE);
  });

  it('says what was refused', async () => {
    const ran = await (await installation({ 'POST /v1/sources': guarded(() => problem(409, 'source-exists', "There is a source 'desk' already.")) })).run(['source', 'create', 'desk', '--adapter', 'zammad']);
    expect(ran).toMatchObject({ exitCode: 1, err: expect.stringContaining('409 source-exists') as unknown });
  });

  it.each([
    ['an empty secret', ['--secret-file', '-'], 'is empty'],
    ['standard input twice', ['-', '--secret-file', '-'], 'Standard input can be read once'],
    ['a setting without a value', ['--setting', 'company'], 'company=contoso'],
    ['a file that is no JSON', ['-'], 'not a JSON object'],
    ['a secret in an argument', ['--secret', 'x'], "unknown option '--secret'"],
  ])('is wrong use with %s', async (_what, more, words) => {
    const standIn = await installation();
    const ran = await standIn.run(['source', 'create', 'desk', ...more]);
    expect([ran.exitCode, ran.err, sentTo(standIn)]).toEqual([2, expect.stringContaining(words), []]);
  });
});

describe('handoff source change', () => {
  it('changes what is told, and shows it', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['source', 'change', 'desk', '--requests-per-second', '5', '--party', 'isv/contoso']);
    expect(ran).toMatchObject({ exitCode: 0, out: 'desk is changed.\nsourceParty           isv/contoso\nrequestsPerSecondMax  5\n' });
    expect(sentTo(standIn)).toEqual([['PATCH /v1/sources/desk', { sourceParty: 'isv/contoso', requestsPerSecondMax: 5 }]]);
  });

  it('takes away what is negated', async () => {
    const standIn = await installation();
    await standIn.run(['source', 'change', 'desk', '--no-party', '--no-tolerance', '--no-allow', '--no-requests-per-second', '--no-api', '--no-reconcile-every', '--no-own-actors']);
    expect(sentTo(standIn)).toEqual([['PATCH /v1/sources/desk', { sourceParty: null, toleranceSeconds: null, allowedAddresses: [], requestsPerSecondMax: null, api: null, reconcileEverySeconds: null, ownActors: [] }]]);
  });

  it('is wrong use where nothing is to be changed', async () => {
    const standIn = await installation();
    expect([await standIn.run(['source', 'change', 'desk']), sentTo(standIn)]).toMatchObject([{ exitCode: 2 }, []]);
  });
});

describe('handoff source rotate', () => {
  it('shows the new secret once, and until when the old ones hold', async () => {
    const standIn = await installation();
    const ran = await standIn.run(['source', 'rotate', 'desk', '--old-expires-in', '3600']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toMatch(new RegExp(`Secret +${SECRET}\n.*hold until 2026-11-03T09:00:00.000Z.*\n.*${ONCE}`));
    expect(sentTo(standIn)).toEqual([['POST /v1/sources/desk/secrets/rotate', { oldExpiresInSeconds: 3_600 }]]);
  });

  it('takes a secret that the system made', async () => {
    const standIn = await installation();
    expect((await standIn.run(['source', 'rotate', 'desk', '--secret-file', '-'], { input: 'of-the-system\n' })).out).not.toContain('of-the-system');
    expect(sentTo(standIn)).toEqual([['POST /v1/sources/desk/secrets/rotate', { secret: 'of-the-system' }]]);
  });
});

describe('handoff source pause, resume and delete', () => {
  it('say what the source does now', async () => {
    const standIn = await installation();
    expect((await standIn.run(['source', 'pause', 'desk'])).out).toContain('paused since 2026-11-02T09:00:00.000Z');
    expect((await standIn.run(['source', 'resume', 'desk'])).out).toContain('not paused');
    expect(await standIn.run(['source', 'delete', 'desk', '--yes', '--json'])).toMatchObject({ exitCode: 0, out: '{\n  "source": "desk",\n  "isDeleted": true\n}\n' });
    expect(sentTo(standIn)).toMatchObject([['POST /v1/sources/desk/pause', {}], ['POST /v1/sources/desk/resume', {}], ['DELETE /v1/sources/desk', undefined]]);
  });

  it('do not remove what was not confirmed, or is not there', async () => {
    const standIn = await installation();
    expect([await standIn.run(['source', 'delete', 'desk']), sentTo(standIn)]).toMatchObject([{ exitCode: 2, err: expect.stringContaining('--yes') as unknown }, []]);
    expect(await standIn.run(['source', 'delete', 'nobody', '--yes'])).toMatchObject({ exitCode: 1, err: expect.stringContaining('404') as unknown });
  });
});

describe('handoff source test', () => {
  it('says step by step what happened', async () => {
    expect(await (await installation()).run(['source', 'test', 'desk'])).toMatchObject({
      exitCode: 0, out: "ok      The source 'desk' is there.\nok      It became the event e-1.\n\ndesk can be used.\nSee where the test ticket went with: npx handoff tickets t-1\n",
    });
  });

  it('exits with 1 where a step failed, and says what to do', async () => {
    const steps = (step: string) => guarded(() => ({ status: 200, body: { ...TESTED, isOk: false, ticketId: null, steps: [{ step, isOk: false, text: 'It went wrong.' }] } }));
    const posted = await (await installation({ 'POST /v1/sources/desk/test': steps('post') })).run(['source', 'test', 'desk']);
    expect(posted).toMatchObject({ exitCode: 1, out: expect.stringMatching(/^failed {2}It went wrong\.\n {8}.*npx handoff doctor\n\nThe test of desk failed\.\n$/s) as unknown });
    const taken = await (await installation({ 'POST /v1/sources/desk/test': steps('take') })).run(['source', 'test', 'desk']);
    expect(taken).toMatchObject({ exitCode: 1, out: expect.stringContaining('handoff source change desk') as unknown });
    expect((await (await installation({ 'POST /v1/sources/desk/test': steps('sign') })).run(['source', 'test', 'desk', '--json'])).exitCode).toBe(1);
  });
});

describe('handoff source setup', () => {
  it('prints the steps for a person, or as a document', async () => {
    const standIn = await installation();
    expect(await standIn.run(['source', 'setup', 'desk'])).toMatchObject({ exitCode: 0, out: '# Standard Webhooks\n\n1. URL:\n' });
    expect(parsedJson((await standIn.run(['source', 'setup', 'desk', '--json'])).out)).toEqual({ source: 'desk', steps: [] });
    expect(await standIn.run(['source', 'setup', 'nobody'])).toMatchObject({ exitCode: 1, err: expect.stringContaining('404 not-found') as unknown });
  });
});
