import { type Delivery, schemeOfAdapter, signedHeaders, UnusableSecret } from './signing.js';

// Expected values were computed with openssl dgst and Python's hmac, not with this code.
const BODY = Buffer.from('{"issue":{"key":"DEMO-7"},"text":"Grüße"}');
const AT_MS = Date.UTC(2026, 10, 1, 9, 0, 0, 250);

function aDelivery(change: Partial<Delivery>): Delivery {
  return { scheme: 'jira', secret: 'jira-secret-for-vectors', body: BODY, atMs: AT_MS, deliveryId: 'delivery-1', ...change };
}

describe('signing as the ticketing systems do', () => {
  it('signs for Jira with the hex HMAC of the body', () => {
    expect(signedHeaders(aDelivery({}))).toEqual({
      'x-hub-signature': 'sha256=cf752bd1f7d45e0704e453323ac2b2f263fadf3f72280908cd9d2e27499ede36',
      'x-atlassian-webhook-identifier': 'delivery-1',
      'x-atlassian-webhook-flow': 'Primary',
    });
  });

  it('signs for Zendesk with the base64 HMAC of time stamp and body', () => {
    expect(signedHeaders(aDelivery({ scheme: 'zendesk', secret: 'zendesk-secret-for-vectors' }))).toEqual({
      'x-zendesk-webhook-signature': 'ynL3mL5sdVbaWzqv674saZgUYLlkr8VY0mXnoZfWY1g=',
      'x-zendesk-webhook-signature-timestamp': '2026-11-01T09:00:00Z',
      'x-zendesk-webhook-invocation-id': 'delivery-1',
    });
  });

  it('gives the signature that Standard Webhooks publishes for its example', () => {
    const headers = signedHeaders(aDelivery({
      scheme: 'standard-webhooks', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', body: Buffer.from('{"test": 2432232314}'),
      atMs: 1_614_265_330_999, deliveryId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    }));
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('refuses secrets that sign nothing', () => {
    expect(() => signedHeaders(aDelivery({ secret: '' }))).toThrow(UnusableSecret);
    expect(() => signedHeaders(aDelivery({ scheme: 'standard-webhooks', secret: 'whsec_' }))).toThrow(/whsec_ followed by base64/);
  });

  it('knows the scheme of each adapter, and says when it knows none', () => {
    expect(['jira-service-management', 'zendesk', 'standard-webhooks', 'servicenow'].map(schemeOfAdapter)).toEqual(['jira', 'zendesk', 'standard-webhooks', null]);
  });
});
