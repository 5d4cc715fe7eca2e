import { createTestDatabase, eventually, TcpProxy, type TestDatabase } from '@handoff/testing';
import { type Answer, eventsOf, type IntakeUnderTest, startIntakeUnderTest, TOKEN } from './running-intake.fixture.js';

let database: TestDatabase;
let way: TcpProxy;
let intake: IntakeUnderTest;
let secret: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const url = new URL(database.url);
  way = await TcpProxy.open({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${way.port}`;
  intake = await startIntakeUnderTest({ DATABASE_URL: url.href });
  secret = await intake.createSource('desk');
});

afterAll(async () => {
  await intake?.running.close();
  await way?.close();
  await database?.drop();
});

const parkedId = ({ body }: Answer): string => String(body['parkedId']);
const read = (id: string): Promise<Answer> => intake.manage('GET', `/v1/parked-deliveries/${id}`);
const listed = async (query: string): Promise<unknown[]> => ((await intake.manage('GET', `/v1/parked-deliveries?${query}`)).body['items'] as { parkedId: string }[]).map((item) => item.parkedId);

describe('a genuine webhook that is not understood', () => {
  it('is taken, and shown with its reason and without its signature', async () => {
    const answer = await intake.post('desk', secret, { subject: 'No id' }, { 'webhook-id': 'msg-1' });
    expect(answer).toMatchObject({ status: 202, body: { parked: true, code: 'field-missing', reason: expect.stringContaining('externalId') as string, errors: [{ field: 'externalId' }] } });
    const { body } = await read(parkedId(answer));
    expect(body).toMatchObject({ source: 'desk', deliveries: 1, attempts: 0, discarded: null, failures: [{ index: 0, code: 'field-missing' }], request: { method: 'POST', headers: { 'webhook-id': 'msg-1' }, body: '{"subject":"No id"}', bodyEncoding: 'utf8' } });
    expect(JSON.stringify(body)).not.toContain('v1,');
  });

  it('is shown as base64 where its body is no text', async () => {
    const answer = await intake.post('desk', secret, Buffer.from([0xff, 0x00]));
    expect(answer).toMatchObject({ status: 202, body: { parked: true, code: 'invalid-json' } });
    expect((await read(parkedId(answer))).body).toMatchObject({ bodyBytes: 2, request: { body: '/wA=', bodyEncoding: 'base64' } });
  });

  it('is tried again by itself once the mapping of its source is mended', async () => {
    const mended = await intake.createSource('mended', { mapping: { ticketUrl: `https://desk.example/${'x'.repeat(2_040)}/{externalId}` } });
    const answer = await intake.post('mended', mended, { externalId: 'T-1', subject: 'Sign-in fails' });
    expect(answer.body).toMatchObject({ parked: true, code: 'field-invalid' });
    await intake.manage('PUT', '/v1/sources/mended/mapping', { ticketUrl: 'https://desk.example/{externalId}' });
    await eventually(async () => expect((await read(parkedId(answer))).status).toBe(404));
    const again = await intake.post('mended', mended, { externalId: 'T-1', subject: 'Sign-in fails' }, { 'webhook-id': 'msg-other' });
    expect(again.body).toMatchObject({ duplicate: false });
    const metrics = await fetch(`${intake.running.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await metrics.text()).toContain('handoff_deliveries_parked_total{source="mended",code="field-invalid"} 1');
  });

  it('keeps its event id, so that its system may send it again meanwhile', async () => {
    const twice = await intake.createSource('twice', { mapping: { ticketUrl: `https://desk.example/${'x'.repeat(2_040)}/{externalId}` } });
    const send = (): Promise<Answer> => intake.post('twice', twice, { externalId: 'T-1', subject: 'Sign-in fails' }, { 'webhook-id': 'msg-1' });
    const first = await send();
    expect(parkedId(await send())).toBe(parkedId(first));
    await intake.manage('PUT', '/v1/sources/twice/mapping', {});
    await eventually(async () => expect((await read(parkedId(first))).status).toBe(404));
    const { body } = await send();
    expect([body['duplicate'], (await eventsOf(body['eventId'])).length]).toEqual([true, 1]);
  });

  it('can be tried by hand, alone or with the others of its source', async () => {
    const hand = await intake.createSource('hand');
    const ids = [];
    for (const externalId of ['', ' ']) ids.push(parkedId(await intake.post('hand', hand, { externalId, subject: 'x' })));
    expect((await intake.manage('POST', `/v1/parked-deliveries/${ids[0]}/retry`)).body).toMatchObject({ released: false, delivery: { attempts: 1, failures: [{ code: 'field-missing' }] } });
    expect((await intake.manage('POST', '/v1/parked-deliveries/retry', { source: 'hand', code: 'field-missing' })).body).toEqual({ tried: 2, released: 0, hasMore: false });
    expect((await read(ids[0] ?? '')).body).toMatchObject({ attempts: 2 });
    expect(await listed('source=hand')).toEqual([ids[1], ids[0]]);
    expect([await listed('source=hand&code=invalid-json'), await listed('source=hand&limit=1')]).toEqual([[], [ids[1]]]);
  });

  it('can be discarded with a note, of which a trace stays', async () => {
    const id = parkedId(await intake.post('desk', secret, '[1'));
    expect(await intake.manage('DELETE', `/v1/parked-deliveries/${id}`)).toMatchObject({ status: 422, body: { code: 'invalid-content' } });
    expect((await intake.manage('DELETE', `/v1/parked-deliveries/${id}?note=a%20test`)).status).toBe(204);
    expect((await read(id)).body).toMatchObject({ discarded: { note: 'a test' }, bodyBytes: 0 });
    expect(await listed('source=desk&discarded=true')).toEqual([id]);
    expect(await intake.manage('POST', `/v1/parked-deliveries/${id}/retry`)).toMatchObject({ status: 404, body: { code: 'parked-unknown' } });
  });

  it.each(['GET', 'DELETE'])('that nobody knows is not found (%s)', async (method) => {
    for (const id of ['nonsense', crypto.randomUUID()]) expect(await intake.manage(method, `/v1/parked-deliveries/${id}${method === 'DELETE' ? '?note=x' : ''}`)).toMatchObject({ status: 404, body: { code: 'parked-unknown' } });
  });

  it('is not acknowledged while it cannot be parked', async () => {
    way.cut();
    try {
      const answer = await intake.post('desk', secret, { subject: 'No id' });
      expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([503, 'database-unavailable', '30']);
    } finally {
      way.restore();
    }
  });

  it('needs the token to be seen', async () => {
    expect((await fetch(`${intake.running.url}/v1/parked-deliveries`)).status).toBe(401);
  });
});
