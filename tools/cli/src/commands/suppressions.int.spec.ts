import { parsedJson } from '../json-reading.js';
import { type Behaviours, guarded, problem, StandIn } from '../stand-in.testing.js';

const ID = '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
const SUPPRESSION = { id: ID, state: 'in-force', match: { destination: 'isv/contoso', channel: 'mail' }, includeSeverityA: false, reason: 'The desk moves house.', author: 'ada', authorEmail: null, from: '2026-11-02T08:00:00.000Z', until: '2026-11-02T09:00:00.000Z', endedAt: null, endedBy: null, held: 3, createdAt: '2026-11-02T08:00:00.000Z' };
const NOTICE = { noticeId: 'outage-7', noticeVersion: 2, offerId: 'contoso-crm', summary: 'Sign-in is down.', startedAt: '2026-11-02T07:40:00.000Z', endedAt: null, changedAt: '2026-11-02T08:00:00.000Z', partners: 2, partnersTold: 1, failure: null };
const PARTNERS = [
  { partnerId: '1001', partnerName: 'Northwind', customers: 2, toldVersion: 2, toldAt: '2026-11-02T08:00:00.000Z', messages: [{ notificationId: 'n', version: 1, channel: 'mail', outcome: 'delivered', at: 'x', code: null, detail: 'ok' }, { notificationId: 'm', version: 2, channel: 'mail', outcome: 'suppressed', at: 'x', code: 'held', detail: '…' }] },
  { partnerId: '2002', partnerName: null, customers: 1, toldVersion: 1, toldAt: null, messages: [] },
];

const SERVICES: Behaviours = {
  'GET /v1/suppressions': guarded(() => ({ status: 200, body: { items: [SUPPRESSION], next: '7' } })),
  'POST /v1/suppressions': guarded(({ body }) => ({ status: 201, body: { ...SUPPRESSION, ...(parsedJson(body.toString()) as object) } })),
  [`POST /v1/suppressions/${ID}/end`]: guarded(() => ({ status: 200, body: { ...SUPPRESSION, state: 'ended' } })),
  'GET /v1/health-notices': guarded(() => ({ status: 200, body: { items: [NOTICE], next: null } })),
  'GET /v1/health-notices/outage-7': guarded(() => ({ status: 200, body: NOTICE })),
  'GET /v1/health-notices/outage-7/partners': guarded(() => ({ status: 200, body: { items: PARTNERS, next: null } })),
};

const open: StandIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

async function installation(changes: Behaviours = {}): Promise<StandIn> {
  const standIn = await StandIn.start({ ...SERVICES, ...changes });
  open.push(standIn);
  return standIn;
}

const posted = (standIn: StandIn): unknown => parsedJson(standIn.received.find(({ method }) => method === 'POST')?.body.toString() ?? '');
const cells = (out: string): string[][] => out.trimEnd().split('\n').map((line) => line.split(/ {2,}/));

describe('handoff suppressions', () => {
  it('lists what is held, by whom and why', async () => {
    const { exitCode, out } = await (await installation()).run(['suppressions', 'list', '--state', 'in-force']);
    expect(exitCode).toBe(0);
    expect(cells(out)).toEqual([
      ['ID', 'STATE', 'ENDS', 'HELD', 'AUTHOR', 'HOLDS', 'REASON'],
      [ID, 'in-force', '2026-11-02T09:00:00.000Z', '3', 'ada', 'destination isv/contoso, channel mail', 'The desk moves house.'], ['More: add --cursor 7'],
    ]);
  });

  it('adds one until a time, and says how to end it', async () => {
    const standIn = await installation();
    const { exitCode, out } = await standIn.run(['suppressions', 'add', '--destination', 'isv/contoso', '--until', '2026-11-02T17:00:00Z', '--reason', 'Quiet.', '--author', 'ada', '--include-severity-a']);
    expect(exitCode).toBe(0);
    expect(out).toContain(`npx handoff suppressions end ${ID} --by ada`);
    expect(posted(standIn)).toEqual({ match: { destination: 'isv/contoso' }, until: '2026-11-02T17:00:00.000Z', reason: 'Quiet.', author: 'ada', includeSeverityA: true });
  });

  it('adds one for so long after it begins', async () => {
    const standIn = await installation();
    await standIn.run(['suppressions', 'add', '--offer', 'contoso-crm', '--from', '2026-11-02T08:00:00Z', '--for', '8h', '--reason', 'Quiet.', '--author', 'ada']);
    expect(posted(standIn)).toMatchObject({ match: { offerId: 'contoso-crm' }, from: '2026-11-02T08:00:00.000Z', until: '2026-11-02T16:00:00.000Z' });
  });

  it.each([[['--reason', 'x', '--author', 'ada', '--everything']], [['--reason', 'x', '--author', 'ada', '--everything', '--for', 'long']], [['--author', 'ada', '--for', '1h', '--everything']]])('wants an end, a reason and an author (%j)', async (args) => {
    expect((await (await installation()).run(['suppressions', 'add', ...args])).exitCode).toBe(2);
  });

  it('passes on why one is refused', async () => {
    const standIn = await installation({ 'POST /v1/suppressions': guarded(() => problem(422, 'invalid-content', '/match must name what is held')) });
    const { exitCode, err } = await standIn.run(['suppressions', 'add', '--for', '1h', '--reason', 'x', '--author', 'ada']);
    expect([exitCode, err]).toEqual([1, expect.stringContaining('/match must name what is held')]);
  });

  it('ends one', async () => {
    const standIn = await installation();
    const { exitCode, out } = await standIn.run(['suppressions', 'end', ID, '--by', 'grace']);
    expect([exitCode, out]).toEqual([0, expect.stringContaining(`${ID} has ended.`)]);
    expect(posted(standIn)).toEqual({ by: 'grace' });
  });
});

describe('handoff notices', () => {
  it('lists outages, with how many partners were told', async () => {
    const standIn = await installation();
    const { exitCode, out } = await standIn.run(['notices', '--open', '--offer', 'contoso-crm']);
    expect(exitCode).toBe(0);
    expect(cells(out)[1]).toEqual(['outage-7', 'contoso-crm', '2026-11-02T07:40:00.000Z', 'it lasts', '1/2', 'Sign-in is down.']);
  });

  it('shows one with its partners and what became of the messages', async () => {
    const { exitCode, out } = await (await installation()).run(['notices', 'outage-7']);
    expect(exitCode).toBe(0);
    expect(out).toContain('1 of 2 partners of the newest version');
    expect(cells(out).slice(-2)).toEqual([['1001', 'Northwind', '2', '2', 'v1 mail delivered, v2 mail suppressed (held)'], ['2002', '-', '1', '1']]);
  });
});
