import { createPublicKey, verify } from 'node:crypto';
import { isSecret, newSecret, publicKeyOf, signatureHeaderOf, signatureOf } from './signature.js';

const PARTS = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampSeconds: 1_614_265_330, body: '{"test": 2432232314}' };

describe('the signature of a webhook', () => {
  it('is that of the Standard Webhooks test vector', () => {
    expect(signatureOf(PARTS, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('by a private key is verified by the public one alone, and by no other', () => {
    const [secret, other] = [newSecret('v1a'), newSecret('v1a')];
    const signature = Buffer.from(signatureOf(PARTS, secret).slice('v1a,'.length), 'base64');
    const content = Buffer.from(`${PARTS.id}.${PARTS.timestampSeconds}.${PARTS.body}`);
    const isBy = (whose: string) => verify(null, content, publicKey(publicKeyOf(whose) ?? ''), signature);
    expect([isBy(secret), isBy(other)]).toEqual([true, false]);
  });

  it('has the form that the published Ed25519 test vector of RFC 8032 has', () => {
    // Section 7.1, test 1: the public half of this private key.
    const secret = `whsk_${Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex').toString('base64')}`;
    expect(publicKeyOf(secret)).toBe(`whpk_${Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString('base64')}`);
  });

  it('is one for each secret that holds', () => {
    expect(signatureHeaderOf(PARTS, [newSecret(), newSecret('v1a')])).toMatch(/^v1,\S+ v1a,\S+$/);
  });

  it('takes secrets of 24 to 64 bytes, and makes such', () => {
    expect([isSecret(newSecret()), publicKeyOf(newSecret())]).toEqual([true, null]);
    expect(['', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${Buffer.alloc(65).toString('base64')}`, newSecret('v1a'), `whpk_${Buffer.alloc(32).toString('base64')}`, 'whsec_not base64 at all, but long enough'].filter(isSecret)).toEqual([]);
  });
});

function publicKey(text: string) {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(text.slice('whpk_'.length), 'base64').toString('base64url') } });
}
