import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@handoff/testing';
import { type Answer, ROOT, type RunningHandoff, startHandoff } from './running-handoff.js';

let handoff: RunningHandoff;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-rules-'));
  handoff = await startHandoff();
}, 150_000);
afterAll(async () => {
  await handoff.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const submit = async (externalId: string, ticket: Record<string, unknown>): Promise<string> => {
  const { status, body } = await handoff.request(`${handoff.urls.intake}/v1/tickets`, { method: 'POST', body: { source: 'rules', externalId, subject: 'Something', asker: 'customer', ...ticket } });
  expect(status).toBe(202);
  return body['ticketId'] as unknown as string;
};

const routing = (path: string, options?: { method?: string; body?: unknown; headers?: Record<string, string> }): Promise<Answer> => handoff.request(`${handoff.urls.routing}${path}`, options);

const ticketIn = (ticketId: string, queue: string): Promise<Answer['body']> => eventually(async () => {
  const { body } = await routing(`/v1/tickets/${ticketId}`);
  expect(body).toMatchObject({ queue });
  return body;
});

describe('a ticket about an offer that the directory does not know', () => {
  it('waits with a remedy, and is routed by itself once an import brings the offer', async () => {
    const ticketId = await submit('1', { area: 'break-fix', offerId: 'fabrikam-desk', customerId: 'woodgrove' });
    const waiting = await ticketIn(ticketId, 'unassigned');
    expect(waiting).toMatchObject({ gaps: expect.arrayContaining([expect.objectContaining({ code: 'offer-unknown', key: 'fabrikam-desk', remedy: expect.stringMatching(/offers/) as string })]) as unknown });
    const file = join(folder, 'offer.json');
    const directory = JSON.parse(await readFile(join(ROOT, 'deploy/demo/directory.json'), 'utf8')) as { offers: { id: string; publisherId: string; name: string }[] };
    const known = directory.offers.find(({ publisherId }) => publisherId === 'contoso');
    await writeFile(file, JSON.stringify({ offers: [{ ...known, id: 'fabrikam-desk', name: 'Fabrikam Desk' }] }));
    const { code, stderr } = await handoff.handoff('import', file, '--format', 'directory');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(await ticketIn(ticketId, 'isv/contoso')).toMatchObject({ ticketVersion: 2, gaps: [] });
  });
});

describe('a ticket without an area', () => {
  it('waits in triage until a person classifies it', async () => {
    const ticketId = await submit('2', { subject: 'Hello', offerId: 'contoso-crm', customerId: 'woodgrove' });
    await ticketIn(ticketId, 'triage');
    expect((await handoff.handoff('tickets', 'classify', ticketId, 'break-fix', '--by', 'Ada')).code).toBe(0);
    const ticket = await ticketIn(ticketId, 'isv/contoso');
    expect(ticket).toMatchObject({ area: 'break-fix', areaBasis: 'person' });
  });

  it('is classified by its words where these are clear, and says by which', async () => {
    const ticketId = await submit('3', { subject: 'Invoice doubled', description: 'The invoice for this month charges us twice; please correct the invoice amount.', offerId: 'contoso-crm', customerId: 'woodgrove' });
    const ticket = await eventually(async () => {
      const { body } = await routing(`/v1/tickets/${ticketId}`);
      expect(body).toMatchObject({ areaBasis: 'classifier', area: 'customer-billing' });
      return body;
    });
    expect(JSON.stringify(ticket['decision'])).toContain('classified-by-keywords');
  });
});

describe('an explanation', () => {
  it('is the same for a ticket as for the question, with every row that was looked at', async () => {
    const ticketId = await submit('4', { area: 'payment', offerId: 'contoso-crm', customerId: 'woodgrove' });
    await eventually(async () => expect((await routing(`/v1/tickets/${ticketId}`)).status).toBe(200));
    const ofTicket = (await routing(`/v1/tickets/${ticketId}/explanation`)).body;
    const asked = (await routing('/v1/explain', { method: 'POST', body: { ticket: { area: 'payment' }, offer: 'contoso-crm', customerId: 'woodgrove' } })).body;
    expect(ofTicket).toMatchObject({ isAsDecided: true, responsible: asked['responsible'], firstContact: asked['firstContact'], queue: asked['queue'], row: asked['row'] });
    const names = (rows: unknown): unknown => (rows as { id: string; matched: boolean }[]).map(({ id, matched }) => [id, matched]);
    expect(names(ofTicket['rows'])).toEqual(names(asked['rows']));
  });

  it('speaks Turkish to who asks in Turkish, by API and by command', async () => {
    const question = { ticket: { area: 'payment' } };
    const english = (await routing('/v1/explain', { method: 'POST', body: question })).body['reasons'] as unknown as { code: string; text: string }[];
    const turkish = (await routing('/v1/explain', { method: 'POST', body: question, headers: { 'accept-language': 'tr-TR' } })).body['reasons'] as unknown as typeof english;
    expect(turkish.map(({ code }) => code)).toEqual(english.map(({ code }) => code));
    expect(turkish.map(({ text }) => text)).not.toEqual(english.map(({ text }) => text));
    const { stdout } = await handoff.handoff('explain', '--area', 'payment', '--language', 'tr', '--rows');
    expect(stdout.replace(/\s+/g, ' ')).toContain(turkish[0]?.text.slice(0, 40));
  });
});

describe('another version of the matrix', () => {
  const shown = async (...args: string[]): Promise<string> => (await handoff.handoff('matrix', ...args)).stdout;

  it('is pushed, tested, compared, activated and rolled back by commands; routing follows without a restart', async () => {
    const file = join(folder, 'strict.yaml');
    const text = await shown('show', 'default-1');
    await writeFile(file, text.replace(/^version: .*$/m, 'version: strict'));
    expect((await handoff.handoff('matrix', 'lint', file)).code).toBe(0);
    expect((await handoff.handoff('matrix', 'test', file)).code).toBe(0);
    expect((await handoff.handoff('matrix', 'push', 'strict', file)).code).toBe(0);
    expect((await handoff.handoff('matrix', 'compare', 'strict')).code).toBe(0);
    expect(await handoff.handoff('matrix', 'activate', 'strict')).toMatchObject({ code: 0 });
    const ticketId = await submit('5', { area: 'payment', offerId: 'contoso-crm', customerId: 'woodgrove' });
    const versionOf = (id: string): Promise<unknown> => eventually(async () => {
      const { status, body } = await routing(`/v1/tickets/${id}`);
      expect(status).toBe(200);
      return (body['decision'] as unknown as { matrixVersion: string }).matrixVersion;
    });
    expect(await versionOf(ticketId)).toBe('strict');
    expect(await handoff.handoff('matrix', 'rollback')).toMatchObject({ code: 0 });
    expect(await versionOf(await submit('6', { area: 'payment', offerId: 'contoso-crm', customerId: 'woodgrove' }))).toBe('default-1');
  });

  it('is not activated when a case fails, and the difference can be read', async () => {
    const file = join(folder, 'wrong.yaml');
    const cases = join(folder, 'cases.yaml');
    await writeFile(file, (await shown('show', 'default-1')).replace(/^version: .*$/m, 'version: wrong'));
    await writeFile(cases, 'cases:\n  - name: payments are Microsoft’s\n    given: {ticket: {area: payment}}\n    expect: {responsible: microsoft}\n');
    const tested = await handoff.handoff('matrix', 'test', file, '--cases', cases);
    expect(tested.code).toBe(1);
    expect(tested.stdout + tested.stderr).toMatch(/payments are Microsoft’s[\s\S]*microsoft/);
    expect((await handoff.handoff('matrix', 'push', 'wrong', file, '--cases', cases)).code).toBe(0);
    expect((await handoff.handoff('matrix', 'activate', 'wrong')).code).toBe(1);
  });
});

describe('the directory', () => {
  it('answers who was responsible then, and refuses a change of what somebody else changed', async () => {
    const before = new Date(Date.now() - 1).toISOString();
    const ask = (more: object): Promise<Answer> => routing('/v1/explain', { method: 'POST', body: { ticket: { area: 'payment' }, customerId: 'tailwind', ...more } });
    expect((await routing('/v1/customers/tailwind', { method: 'PUT', headers: { 'if-none-match': '*' }, body: { name: 'Tailwind', soldBy: { model: 'direct-bill', partnerId: '3001' } } })).status).toBeLessThan(300);
    const first = await routing('/v1/customers/tailwind');
    const then = new Date().toISOString();
    expect((await routing('/v1/customers/tailwind', { method: 'PUT', headers: { 'if-match': first.headers.get('etag') ?? '' }, body: { name: 'Tailwind', soldBy: { model: 'indirect', providerId: '1001', resellerId: '2002' } } })).status).toBe(200);
    expect((await ask({})).body['responsible']).toMatchObject({ role: expect.stringMatching(/^indirect/) as string });
    expect((await ask({ asOf: then })).body['responsible']).toEqual({ role: 'direct-bill-partner', partyId: '3001' });
    const stale = await routing('/v1/customers/tailwind', { method: 'PUT', headers: { 'if-match': first.headers.get('etag') ?? '' }, body: { name: 'Tailwind' } });
    expect(stale).toMatchObject({ status: 412, body: { code: 'revision-conflict' } });
    expect((await routing(`/v1/customers/tailwind?at=${before}`)).status).toBe(404);
  });
});
