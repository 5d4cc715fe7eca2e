import { sign as signBytes, X509Certificate } from 'node:crypto';
import { codeOf, describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import type { AdapterSettings, ReportedTicket, Trust } from '../adapter.js';
import { signingKeyUnavailable } from '../signature.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import * as pems from './certificates.fixture.js';
import { partnerCenterAdapter, partnerCenterBy } from './partner-center.adapter.js';
import { aPartnerCenterEvent, aServiceRequest } from './partner-center.samples.js';

const adapter = partnerCenterBy(() => [new X509Certificate(pems.ROOT)]);
const CERTIFICATE_URL = 'https://3psostorageacct.blob.core.windows.net/cert/pcnotifications-dispatch.microsoft.com.cer';
const ISSUER_URL = 'http://www.microsoft.com/pki/test-issuer.crt';
const der = (pem: string): Buffer => new X509Certificate(pem).raw;

/** The places of Microsoft's certificates; at every other place lies one that leads nowhere. */
const download: Trust['download'] = (url) => Promise.resolve(url === CERTIFICATE_URL ? der(pems.LEAF) : url === ISSUER_URL ? der(pems.ISSUER) : der(pems.UNTRUSTED_LEAF));

function sign({ body }: Pick<Unsigned, 'body'>, _secret = '', { algorithm = 'sha256' } = {}): Record<string, string> {
  return { authorization: `Signature ${signBytes(algorithm, Buffer.from(body), pems.LEAF_KEY).toString('base64')}`, 'x-ms-certificate-url': CERTIFICATE_URL, 'x-ms-signature-algorithm': `rsa-${algorithm}` };
}

describeAdapterContract('Partner Center', {
  adapter, sign, created: aPartnerCenterEvent(), another: aPartnerCenterEvent({ ResourceChangeUtcDate: '2026-11-02T08:00:00+00:00' }), samples: [aPartnerCenterEvent({ EventName: 'test-created' }), { serviceRequest: aServiceRequest() }], download,
  protectedHeaders: ['authorization'], requiredPaths: ['EventName', 'ResourceUri'],
});

async function verdict(parts: { headers?: Record<string, string | undefined>; settings?: AdapterSettings; download?: Trust['download']; now?: Date; toleranceSeconds?: number; body?: string } = {}, by = adapter): Promise<string> {
  const { headers = {}, body = JSON.stringify(aPartnerCenterEvent()), ...trust } = parts;
  const request = aRequest({ headers: { ...sign({ body }), ...headers }, rawBody: Buffer.from(body) });
  return Promise.resolve(by.verify(request, aTrust({ download, ...trust }))).then(() => 'accepted', (error: { status: number; code: string }) => `${error.status} ${error.code}`);
}

describe('the signature of Partner Center', () => {
  it('may stand in a header of its own, and be of a longer hash', async () => {
    const { authorization, ...rest } = sign({ body: JSON.stringify(aPartnerCenterEvent()) });
    expect(await verdict({ headers: { ...rest, authorization: 'Bearer of-something-else', 'x-ms-signature': authorization } })).toBe('accepted');
    expect(await verdict({ headers: { 'x-ms-signature': authorization?.replace('Signature ', '') } })).toBe('accepted');
    expect(await verdict({ headers: sign({ body: JSON.stringify(aPartnerCenterEvent()) }, '', { algorithm: 'sha512' }) })).toBe('accepted');
  });

  it.each(['rsa-sha1', 'constructor', 'rsa-md5', 'none', 'sha256', '', undefined, 'rsa-sha512'])('is not believed by the algorithm %s', async (algorithm) => {
    expect(await verdict({ headers: { 'x-ms-signature-algorithm': algorithm } })).toBe('401 signature-invalid');
  });

  it.each(['Signature', 'Signature AAAA', 'Bearer abc', `Signature ${'A'.repeat(5_000)}`])('is not %s', async (authorization) => {
    expect(await verdict({ headers: { authorization } })).toBe('401 signature-invalid');
  });

  it('looks at the time of the change only where the source asks', async () => {
    const old = JSON.stringify(aPartnerCenterEvent({ ResourceChangeUtcDate: '2026-11-01T00:00:00+00:00' }));
    expect([await verdict({ body: old }), await verdict({ body: old, toleranceSeconds: 300 }), await verdict({ toleranceSeconds: 300 })]).toEqual(['accepted', '401 timestamp-stale', 'accepted']);
  });
});

describe('the certificate of Partner Center', () => {
  const at = (certificate: string | Buffer, issuer: string | Buffer = pems.ISSUER): Trust['download'] => (url) => Promise.resolve(Buffer.from(url === ISSUER_URL ? issuer : certificate));

  it('may come in DER or PEM, and with its issuer', async () => {
    expect([await verdict({ download: at(pems.LEAF) }), await verdict({ download: at(der(pems.LEAF), der(pems.ISSUER)) }), await verdict({ download: at(`${pems.LEAF}${pems.ISSUER}`, 'not asked') })]).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it.each([
    ['has expired', pems.EXPIRED_LEAF, pems.ISSUER], ['has an issuer that has expired', pems.LEAF, pems.OLD_ISSUER], ['leads to a root that nobody trusts', pems.UNTRUSTED_LEAF, pems.UNTRUSTED_ISSUER],
    ['has an issuer that did not sign it', pems.LEAF, pems.UNTRUSTED_ISSUER], ['has no issuer', pems.LEAF, 'none'], ["is of another organisation's issuer", pems.LEAF_OF_ANOTHER, pems.ISSUER_OF_ANOTHER],
    ['was issued by one that is no authority', `${pems.LEAF_OF_LEAF}${pems.LEAF}`, pems.ISSUER], ['names a place of its issuer that is not trusted', pems.LEAF_WITH_ISSUER_ELSEWHERE, pems.ISSUER],
    ['has no RSA key', pems.LEAF_WITH_EC_KEY, pems.ISSUER], ['has a key that is too short', pems.LEAF_WITH_SMALL_KEY, pems.ISSUER], ['is the issuer itself', pems.ISSUER, pems.ROOT],
  ])('is not believed where it %s', async (_why, certificate, issuer) => {
    expect(await verdict({ download: at(certificate, issuer) })).toBe('401 signature-invalid');
  });

  it('is judged by the time of the webhook', async () => {
    expect(await verdict({ now: new Date('2019-12-31T00:00:00Z') })).toBe('401 signature-invalid');
    expect(await verdict({ download: at(pems.EXPIRED_LEAF), now: new Date('2020-06-01T00:00:00Z') })).toBe('accepted');
  });

  it('of tests is not believed by the authorities of the web', async () => {
    expect(await verdict({}, partnerCenterAdapter)).toBe('401 signature-invalid');
  });

  it.each(['Not Found', '<html>maintenance</html>', ''])('that is none (%j) says nothing about the signature, nor does one that cannot be had', async (answer) => {
    expect(await verdict({ download: at(answer) })).toBe('503 signing-key-unavailable');
    expect(await verdict({ download: (url) => (url === ISSUER_URL ? Promise.reject(signingKeyUnavailable(null)) : download(url)) })).toBe('503 signing-key-unavailable');
  });

  it.each([
    'http://3psostorageacct.blob.core.windows.net/cert/x.cer', 'https://attacker.blob.core.windows.net/cert/x.cer', 'https://3psostorageacct.blob.core.windows.net.evil.example/x.cer', 'https://3psostorageacct.blob.core.windows.net:8443/x.cer',
    'https://user@3psostorageacct.blob.core.windows.net/x.cer', 'https://evilmicrosoft.com/x.cer', 'https://microsoft.com.evil.example/x.cer', 'https://169.254.169.254/x.cer', 'file:///etc/passwd', 'x', '',
  ])('is never asked for at %s', async (url) => {
    const asked: string[] = [];
    expect(await verdict({ headers: { 'x-ms-certificate-url': url }, download: (each) => (asked.push(each), download(each)) })).toBe('401 signature-invalid');
    expect(asked).toEqual([]);
  });

  it("may lie with Microsoft, or at a host that the source names", async () => {
    const headers = (host: string): Record<string, string> => ({ 'x-ms-certificate-url': `https://${host}/x.cer` });
    expect([await verdict({ headers: headers('certs.partner.microsoft.com'), download: at(pems.LEAF) }), await verdict({ headers: headers('pc.example.net'), download: at(pems.LEAF) }), await verdict({ headers: headers('pc.example.net'), download: at(pems.LEAF), settings: { certificateHosts: ['pc.example.net'] } })]).toEqual(['accepted', '401 signature-invalid', 'accepted']);
  });
});

describe('an event of Partner Center', () => {
  const map = (parts: object, settings: AdapterSettings = {}): ReportedTicket => adapter.map(aPartnerCenterEvent(parts), aMapContext({ settings })) as ReportedTicket;

  it('on which somebody must act is a ticket, of the customer that it names', () => {
    expect(map({})).toEqual({
      externalId: 'T-1', externalUrl: null, change: 'created', occurredAt: '2026-11-02T07:59:59.352Z',
      fields: { subject: 'A migration to new commerce failed', description: "Partner Center reports 'new-commerce-migration-failed' for https://api.partnercenter.microsoft.com/v1/customers/c0a8/migrations/newcommerce/T-1", severity: 'B', area: 'commerce-transaction', areaBasis: 'source', customerId: 'c0a8' },
    });
    expect(map({ EventName: 'azure-fraud-event-detected', ResourceUri: 'https://api.partnercenter.microsoft.com/v1/fraudEvents?SubscriptionId=s-1&EventStatus=Active', ResourceName: undefined })).toMatchObject({ externalId: 's-1', fields: { severity: 'A', subscriptionId: 's-1' } });
  });

  it.each(['test-created', 'subscription-updated', 'usagerecords-thresholdExceeded', 'referral-created', 'invoice-ready', 'granular-admin-relationship-approved', 'something-new'])('called %s changes no ticket', (EventName) => {
    expect(map({ EventName })).toEqual({ ignored: true, reason: `Events of type '${EventName}' change no ticket.` });
  });

  it('becomes a ticket where the source names it', () => {
    const uri = 'http://api.partnercenter.microsoft.com/webhooks/v1/Customers/c0a8/subscriptions/s%201';
    expect(map({ EventName: 'subscription-updated', ResourceUri: uri }, { events: ['subscription-updated'] })).toMatchObject({ externalId: 's 1', fields: { subject: 'Partner Center reports subscription-updated', customerId: 'c0a8', subscriptionId: 's 1' } });
    expect(map({}, { events: [] })).toMatchObject({ ignored: true });
  });

  it('about a list of resources is a ticket a day, and of no customer', () => {
    const parts = { EventName: 'usagerecords-thresholdExceeded', ResourceUri: 'https://api.partnercenter.microsoft.com/v1/customers/usagerecords', ResourceName: 'usagerecords' };
    const ticket = map(parts, { events: ['usagerecords-thresholdExceeded'] });
    expect([ticket.externalId, ticket.fields.customerId]).toEqual(['usagerecords-2026-11-02', undefined]);
  });

  it.each(['no address', 'https://api.partnercenter.microsoft.com/', `https://api.partnercenter.microsoft.com/${'x'.repeat(300)}`])('about %s is refused by the name of the field', (ResourceUri) => {
    expect(codeOf(() => map({ ResourceUri }))).toBe('422 field-invalid');
  });
});
