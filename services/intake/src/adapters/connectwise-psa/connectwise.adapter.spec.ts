import { createHash, createHmac } from 'node:crypto';
import { signingKeyUnavailable } from '../signature.js';
import type { AdapterSettings, Trust } from '../adapter.js';
import { codeOf, describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { connectwiseAdapter } from './connectwise.adapter.js';
import { aConnectwiseCallback, aConnectwiseTicket, KEY_URL } from './connectwise.samples.js';

const settings = { company: 'adatum' };

/** A ConnectWise with a key at every place, each another. */
function keyAt(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}

const download: Trust['download'] = (url) => Promise.resolve(Buffer.from(JSON.stringify({ signing_key: keyAt(url) })));

function sign({ body }: Unsigned, _secret = '', key = keyAt(KEY_URL)): Record<string, string> {
  return { 'x-content-signature': createHmac('sha256', createHash('sha256').update(key).digest()).update(body).digest('base64') };
}

describeAdapterContract('ConnectWise', {
  adapter: connectwiseAdapter, sign, created: aConnectwiseCallback(), another: aConnectwiseCallback({ MessageId: 'another' }), samples: [aConnectwiseCallback({ Action: 'updated' }), aConnectwiseCallback({ Action: 'deleted' }, null), aConnectwiseCallback({ Type: 'contact' })], settings, download,
  protectsBody: 'names-key', protectedHeaders: ['x-content-signature'], requiredPaths: ['Action', 'ID', 'Entity.summary'],
});

describe('the key of a callback of ConnectWise', () => {
  async function verdict(keyUrl: unknown, by: { settings?: AdapterSettings; download?: Trust['download'] } = {}): Promise<{ outcome: string; asked: string[] }> {
    const asked: string[] = [];
    const body = JSON.stringify(aConnectwiseCallback({ Metadata: { key_url: keyUrl } }));
    const headers = sign({ body, id: '', sentAt: new Date() }, '', keyAt(String(keyUrl)));
    const trust = aTrust({ settings, ...by, download: (url, more) => (asked.push(`${url} ${JSON.stringify(more)}`), (by.download ?? download)(url)) });
    const outcome = await Promise.resolve(connectwiseAdapter.verify(aRequest({ headers, rawBody: Buffer.from(body) }), trust)).then(() => 'accepted', (error: { status: number; code: string }) => `${error.status} ${error.code}`);
    return { outcome, asked };
  }

  it('is asked for at the place that the body names, with the id of the client where there is one', async () => {
    expect(await verdict(KEY_URL)).toEqual({ outcome: 'accepted', asked: [`${KEY_URL} {}`] });
    expect(await verdict(KEY_URL, { settings: { ...settings, clientId: 'c-1' } })).toEqual({ outcome: 'accepted', asked: [`${KEY_URL} {"clientId":"c-1"}`] });
  });

  it.each([
    'http://na.myconnectwise.net/system/callbackkey/index.rails?companyName=adatum', 'https://na.myconnectwise.net.evil.example/callbackkey?companyName=adatum', 'https://evilmyconnectwise.net/callbackkey?companyName=adatum',
    'https://na.myconnectwise.net:444/callbackkey?companyName=adatum', 'https://na.myconnectwise.net@evil.example/callbackkey?companyName=adatum', 'https://user@na.myconnectwise.net/callbackkey?companyName=adatum',
    'https://127.0.0.1/callbackkey?companyName=adatum', 'https://na.myconnectwise.net/callbackkey?companyName=adatum#x', 'https://na.myconnectwise.net/attachments/7?companyName=adatum', 'file:///callbackkey', '', null, 7, {},
  ])('is never asked for at %j', async (keyUrl) => {
    expect(await verdict(keyUrl)).toEqual({ outcome: '401 signature-invalid', asked: [] });
  });

  it.each(['', '?companyName=', '?companyName=Contoso', '?companyName=adatum&companyName=Contoso', '?companyname=adatum&companyName=adatum'])("is never that of somebody else's ConnectWise: %j", async (query) => {
    expect(await verdict(`https://na.myconnectwise.net/system/callbackkey/index.rails${query}`)).toEqual({ outcome: '401 signature-invalid', asked: [] });
  });

  it("comes from the partner's own server where there is one, and then from nowhere else", async () => {
    const own = { settings: { ...settings, host: 'cw.adatum.example' } };
    expect((await verdict('https://cw.adatum.example/v4_6_release//system/callbackkey/index.rails?id=7', own)).outcome).toBe('accepted');
    expect(await verdict(KEY_URL, own)).toEqual({ outcome: '401 signature-invalid', asked: [] });
  });

  it.each(['<html>maintenance</html>', '{}', '{"signing_key":""}', '{"signing_key":{}}'])('that is none (%s) says nothing about the signature', async (answer) => {
    expect((await verdict(KEY_URL, { download: () => Promise.resolve(Buffer.from(answer)) })).outcome).toBe('503 signing-key-unavailable');
    expect((await verdict(KEY_URL, { download: () => Promise.reject(signingKeyUnavailable(null)) })).outcome).toBe('503 signing-key-unavailable');
  });
});

describe('the time of a callback of ConnectWise', () => {
  const verify = async (ticket: object | null, toleranceSeconds: number | null): Promise<string> => {
    const body = JSON.stringify(aConnectwiseCallback({}, ticket));
    const request = aRequest({ headers: sign({ body, id: '', sentAt: new Date() }), rawBody: Buffer.from(body) });
    return Promise.resolve(connectwiseAdapter.verify(request, aTrust({ settings, download, toleranceSeconds }))).then(() => 'accepted', (error: { code: string }) => error.code);
  };

  it('is that of the last update, looked at only where the source asks', async () => {
    const old = aConnectwiseTicket({ _info: { lastUpdated: '2026-11-01T08:00:00Z' } });
    expect([await verify(old, null), await verify(old, 300), await verify(null, 300), await verify(aConnectwiseTicket(), 300)]).toEqual(['accepted', 'timestamp-stale', 'timestamp-stale', 'accepted']);
  });
});

describe('a callback of ConnectWise', () => {
  const context = aMapContext();
  const map = (callback: object): ReturnType<typeof connectwiseAdapter.map> => connectwiseAdapter.map(connectwiseAdapter.read(aRequest({ rawBody: Buffer.from(JSON.stringify(callback)) }))[0], context);

  it('tells what the ticket in it says', () => {
    expect(map(aConnectwiseCallback())).toEqual({
      externalId: 'T-1', change: 'created', occurredAt: '2026-11-02T07:59:58.000Z', actor: 'abrown',
      externalUrl: 'https://na.myconnectwise.net/v4_6_release/services/system_io/Service/fv_sr100_request.rails?service_recid=T-1&companyName=Adatum',
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'New (portal)', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['Application', 'Login'] },
    });
  });

  it('about a new ticket without its first note is thin', () => {
    expect(map(aConnectwiseCallback({}, aConnectwiseTicket({ initialDescription: null })))).toMatchObject({ isThin: true, fields: { subject: 'Sign-in fails' } });
    expect(map(aConnectwiseCallback({ Action: 'updated' }, aConnectwiseTicket({ initialDescription: null })))).not.toHaveProperty('isThin');
  });

  it.each([[null], ['{'], ['"text"']])('whose ticket is %j is thin, and tells nothing that it does not know', (Entity) => {
    expect(map(aConnectwiseCallback({ Action: 'updated', Entity }))).toMatchObject({ externalId: 'T-1', change: 'updated', isThin: true, fields: {} });
  });

  it('about a deleted ticket closes it, by whoever deleted it', () => {
    expect(map(aConnectwiseCallback({ Action: 'deleted', ID: 57_937 }, null))).toEqual({ externalId: '57937', externalUrl: expect.any(String), change: 'closed', occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, actor: 'abrown' });
  });

  it.each([[{ closedFlag: true }, 'closed'], [{ status: { name: '>Closed' } }, 'closed'], [{ status: { name: 'Completed by vendor' } }, 'closed'], [{ status: { name: 'In Progress' } }, 'updated']])('of an update with %j says that the ticket was %s', (fields, change) => {
    expect(map(aConnectwiseCallback({ Action: 'updated' }, aConnectwiseTicket(fields)))).toMatchObject({ change });
  });

  it.each([
    ['Priority 1 - Emergency Response', 'A'], ['P2', 'B'], ['priority 3 - Normal Response', 'B'], ['Priority 4 - Scheduled Maintenance', 'C'], ['Critical', 'A'], ['Do Not Respond', 'C'], ['Whenever', undefined],
  ])('of priority %j has severity %s', (name, severity) => {
    expect(map(aConnectwiseCallback({}, aConnectwiseTicket({ priority: { name } })))).toMatchObject({ fields: severity === undefined ? {} : { severity } });
  });

  it('gives way to the severities of the source', () => {
    expect(connectwiseAdapter.map({ ...aConnectwiseCallback(), Entity: aConnectwiseTicket() }, aMapContext({ severities: { 'priority 2 - quick response': 'A' } }))).toMatchObject({ fields: { severity: 'A' } });
  });

  it.each([['contact'], ['company'], ['project']])('about a %s changes no ticket', (Type) => {
    expect(map(aConnectwiseCallback({ Type }))).toEqual({ ignored: true, reason: `Callbacks of type '${Type}' change no ticket.` });
  });

  it('without an id is refused by the name of the field', () => {
    expect(codeOf(() => map(aConnectwiseCallback({ ID: null })))).toBe('422 field-missing');
  });
});
