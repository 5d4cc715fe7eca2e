import { isSecret, newSecret, signatureOf } from './signature.js';

describe('the signature of a webhook', () => {
  it('is that of the Standard Webhooks test vector', () => {
    const parts = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampSeconds: 1_614_265_330, body: '{"test": 2432232314}' };
    expect(signatureOf(parts, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('takes secrets of 24 to 64 bytes, and makes such', () => {
    expect(isSecret(newSecret())).toBe(true);
    expect(['', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${Buffer.alloc(65).toString('base64')}`, `whpk_${Buffer.alloc(32).toString('base64')}`, 'whsec_not base64 at all, but long enough'].filter(isSecret)).toEqual([]);
  });
});
