import { type EgressPolicy, NOTHING_ALLOWED } from '@handoff/outbound';
import type { Problem } from '@handoff/platform';
import { z } from 'zod';
import type { Adapter } from '../adapters/adapter.js';
import type { SourceApi } from '../adapters/source-api.js';
import { standardWebhooksAdapter } from '../adapters/standard-webhooks/standard-webhooks.adapter.js';
import { apiAccessOf } from './api-access.decision.js';
import type { SourceApiBody } from './source.body.js';

const PUBLIC: EgressPolicy = { allowPrivate: false, allow: NOTHING_ALLOWED };
const LOCAL: EgressPolicy = { allowPrivate: true, allow: NOTHING_ALLOWED };

function anAdapter(api: Partial<SourceApi> = {}): Adapter {
  return { ...standardWebhooksAdapter, title: 'Harbor Desk', api: { auth: ['basic', 'oauth2-client-credentials'], hosts: /^[a-z0-9-]+\.harbor\.example$/, requestsPerSecondMax: 1, complete: () => Promise.resolve(null), ...api } };
}

const basic: SourceApiBody = { baseUrl: 'https://northwind.harbor.example/api/', auth: 'basic', credentials: { username: 'u', password: 'p' } };
const oauth: SourceApiBody = { baseUrl: 'https://northwind.harbor.example', auth: 'oauth2-client-credentials', credentials: { tokenUrl: 'https://login.harbor.example/token', clientId: 'i', clientSecret: 's', scope: 'read' } };

function refusal(body: SourceApiBody, adapter = anAdapter(), egress = PUBLIC): readonly string[] {
  try {
    apiAccessOf(adapter, body, egress);
    return ['accepted'];
  } catch (error) {
    return (error as Problem).fields.map(({ field }) => field);
  }
}

describe("access to a system's interface", () => {
  it('is its address and the credentials, which are kept apart', () => {
    expect(apiAccessOf(anAdapter(), basic, PUBLIC)).toEqual({
      api: { baseUrl: 'https://northwind.harbor.example/api', auth: 'basic' }, apiCredentials: { auth: 'basic', username: 'u', password: 'p', headers: {} },
    });
    expect(apiAccessOf(anAdapter(), oauth, PUBLIC).apiCredentials).toMatchObject({ tokenUrl: 'https://login.harbor.example/token', scope: 'read' });
  });

  it.each<[string, SourceApiBody, readonly string[]]>([
    ['a host that is not of the vendor', { ...basic, baseUrl: 'https://harbor.example.evil.example' }, ['/api/baseUrl']],
    ['http', { ...basic, baseUrl: 'http://northwind.harbor.example' }, ['/api/baseUrl']],
    ['a user in the address', { ...basic, baseUrl: 'https://u:p@northwind.harbor.example' }, ['/api/baseUrl']],
    ['a query in the address', { ...basic, baseUrl: 'https://northwind.harbor.example/?a=1' }, ['/api/baseUrl']],
    ['no address at all', { ...basic, baseUrl: 'northwind' }, ['/api/baseUrl']],
    ['a way to sign in that the system does not take', { ...basic, auth: 'bearer', credentials: { token: 't' } }, ['/api/auth']],
    ['a password missing', { ...basic, credentials: { username: 'u' } }, ['/api/credentials/password']],
    ['credentials of another kind', { ...basic, credentials: { token: 't' } }, ['/api/credentials/username', '/api/credentials/password', '/api/credentials']],
    ['no credentials', { baseUrl: basic.baseUrl, auth: 'basic' }, ['/api/credentials/username', '/api/credentials/password']],
    ['headers that the system does not want', { ...basic, headers: { 'X-Extra': 'y' } }, ['/api/headers']],
    ['a header that breaks the request', { ...basic, headers: { 'X-Extra': 'a\r\nb' } }, ['/api/headers/X-Extra', '/api/headers']],
    ['a token from an internal address', { ...oauth, credentials: { ...oauth.credentials, tokenUrl: 'https://169.254.169.254/token' } }, ['/api/credentials/tokenUrl']],
    ['a token by http', { ...oauth, credentials: { ...oauth.credentials, tokenUrl: 'http://login.harbor.example/token' } }, ['/api/credentials/tokenUrl']],
  ])('is refused with %s', (_what, body, fields) => {
    expect(refusal(body)).toEqual(fields);
  });

  it('is refused where nothing is read from the system', () => {
    expect(refusal(basic, standardWebhooksAdapter)).toEqual(['/api']);
  });

  it('needs the headers that the system asks for', () => {
    const adapter = anAdapter({ auth: ['headers'], settings: z.strictObject({ ApiKey: z.string().min(1) }) });
    expect(refusal({ baseUrl: basic.baseUrl, auth: 'headers', headers: { ApiKey: 'k' } }, adapter)).toEqual(['accepted']);
    expect(refusal({ baseUrl: basic.baseUrl, auth: 'headers' }, adapter)).toEqual(['/api/headers/ApiKey']);
    expect(refusal({ baseUrl: basic.baseUrl, auth: 'headers' }, anAdapter({ auth: ['headers'] }))).toEqual(['/api/headers']);
  });

  it('may be anywhere that calls may go, where the vendor does not run it; by http only in a local run', () => {
    const anywhere = anAdapter({ hosts: null });
    const local = { ...basic, baseUrl: 'http://127.0.0.1:9000' };
    expect([refusal({ ...basic, baseUrl: 'https://desk.northwind.example' }, anywhere), refusal(local, anywhere), refusal(local, anywhere, LOCAL)]).toEqual([['accepted'], ['/api/baseUrl'], ['accepted']]);
  });

  it('tells no secret when it is refused', () => {
    const refused = (): unknown => apiAccessOf(anAdapter(), { ...basic, credentials: { username: 'u', password: 'the-password', extra: 1 } }, PUBLIC);
    expect(refused).toThrow('/api/credentials');
    expect(refused).not.toThrow('the-password');
  });
});
