import { createHmac, generateKeyPairSync, type KeyObject, sign as signBytes } from 'node:crypto';
import type { WebhookRequest } from './adapter.js';
import { codeOf } from './adapter.contract.js';
import { standardOrTextSecret, standardSecret, verifyStandardOrSharedSecret, verifyStandardSignature } from './standard-signature.js';
import { aRequest, aTrust, RECEIVED_AT } from './webhook.samples.js';

interface Sender {
  readonly publicKey: string;
  readonly sign: (signed: string) => string;
}

/** A sender with a private key of its own, as node:crypto has it. */
function aSender(): Sender {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKeyText(publicKey), sign: (signed) => `v1a,${signBytes(null, Buffer.from(signed), privateKey).toString('base64')}` };
}

function publicKeyText(key: KeyObject): string {
  return `whpk_${Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')}`;
}

const ID = 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj';
const SECONDS = String(RECEIVED_AT.getTime() / 1_000);
const BODY = '{"externalId":"T-1"}';
const SIGNED = `${ID}.${SECONDS}.${BODY}`;
const [sender, other] = [aSender(), aSender()];
const request = (signature: string, parts: Partial<WebhookRequest> = {}): WebhookRequest => aRequest({ headers: { 'webhook-id': ID, 'webhook-timestamp': SECONDS, 'webhook-signature': signature }, rawBody: Buffer.from(BODY), ...parts });
const verdict = (signature: string, secrets: readonly string[] = [sender.publicKey], parts: Partial<WebhookRequest> = {}): string => codeOf(() => verifyStandardSignature(request(signature, parts), aTrust({ secrets, toleranceSeconds: 300 })));
const hmac = (secret: string): string => `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(SIGNED).digest('base64')}`;

/** The text with each single bit changed in turn. */
function bitsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return changed;
  });
}

describe('a signature by a private key (v1a)', () => {
  it.each(Array.from({ length: 4 }, (_, number) => [`${BODY}${'x'.repeat(number * 20)}`]))('of %s is believed, and with one bit of anything changed it is not', (body) => {
    const signature = sender.sign(`${ID}.${SECONDS}.${body}`);
    const rawBody = Buffer.from(body);
    expect(verdict(signature, undefined, { rawBody })).toBe('accepted');
    const headers = request(signature).headers;
    const changed = [
      ...bitsOf(body).map((bytes) => verdict(signature, undefined, { rawBody: bytes })),
      ...['webhook-id', 'webhook-timestamp', 'webhook-signature'].flatMap((name) => bitsOf(String(headers[name])).map((bytes) => verdict('', undefined, { rawBody, headers: { ...headers, [name]: bytes.toString('latin1') } }))),
      ...bitsOf(Buffer.from(sender.publicKey.slice('whpk_'.length), 'base64').toString('latin1')).map((bytes) => verdict(signature, [`whpk_${bytes.toString('base64')}`], { rawBody })),
    ];
    expect(new Set(changed)).toEqual(new Set(['401 signature-invalid']));
  });

  it('is found among others, and by any key that holds', () => {
    const secret = standardSecret.generate();
    const list = `v1,AAAA v2a,${sender.sign(SIGNED).slice(4)} ${other.sign(SIGNED)} ${sender.sign(SIGNED)} v1a,`;
    expect([verdict(list), verdict(list, [other.publicKey]), verdict(sender.sign(SIGNED), [secret, other.publicKey, sender.publicKey]), verdict(`${hmac(secret)} ${other.sign(SIGNED)}`, [secret, sender.publicKey])]).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  });

  it('is not believed by another key, by a secret, or without any', () => {
    expect([verdict(other.sign(SIGNED)), verdict(sender.sign(SIGNED), [standardSecret.generate()]), verdict(sender.sign(SIGNED), [])]).toEqual(Array.from({ length: 3 }, () => '401 signature-invalid'));
  });

  it('is never taken for an HMAC keyed with the public key, which everybody knows', () => {
    const bytes = Buffer.from(sender.publicKey.slice('whpk_'.length), 'base64');
    for (const key of [bytes, Buffer.from(sender.publicKey)]) {
      const forged = createHmac('sha256', key).update(SIGNED).digest('base64');
      expect([verdict(`v1,${forged}`), verdict(`v1a,${forged}`)]).toEqual(['401 signature-invalid', '401 signature-invalid']);
    }
  });

  it('has one spelling', () => {
    const signature = sender.sign(SIGNED);
    const lastDigit = signature.at(-3) ?? '';
    const respelt = `${signature.slice(0, -3)}${String.fromCharCode(lastDigit.charCodeAt(0) + 1)}==`;
    expect(Buffer.from(respelt.slice(4), 'base64')).toEqual(Buffer.from(signature.slice(4), 'base64'));
    for (const spelling of [respelt, signature.replace(/=+$/, ''), signature.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''), `${signature}\t`]) expect(verdict(spelling)).toBe('401 signature-invalid');
  });

  it('is looked for among ten at most, so that nobody can keep us busy', () => {
    const others = Array.from({ length: 10 }, () => other.sign(SIGNED));
    expect([verdict([...others.slice(1), sender.sign(SIGNED)].join(' ')), verdict([...others, sender.sign(SIGNED)].join(' '))]).toEqual(['accepted', '401 signature-invalid']);
  });

  it('is refused when it is too old', () => {
    const late = new Date(RECEIVED_AT.getTime() + 301_000);
    expect(codeOf(() => verifyStandardSignature(request(sender.sign(SIGNED)), aTrust({ secrets: [sender.publicKey], toleranceSeconds: 300, now: late })))).toBe('401 timestamp-stale');
  });
});

describe('a public key of Standard Webhooks', () => {
  it('is taken where a secret is', () => {
    expect([standardSecret.problem(sender.publicKey), standardOrTextSecret('Adatum').problem(sender.publicKey), standardOrTextSecret('Adatum').problem('any text of enough length')]).toEqual([null, null, null]);
  });

  it.each(['whpk_', 'whpk_AAAA', `whpk_${Buffer.alloc(33).toString('base64')}`, 'whpk_not base64 not base64 not base64 not b64'])("is not '%s'", (key) => {
    expect([standardSecret.problem(key), standardOrTextSecret('Adatum').problem(key)]).toEqual([expect.stringMatching(/32 bytes/), expect.stringMatching(/32 bytes/)]);
  });

  it('is not the private one, which is never repeated', () => {
    const key = `whsk_${Buffer.alloc(64, 1).toString('base64')}`;
    expect(standardSecret.problem(key)).toMatch(/private/);
    expect(standardSecret.problem(key)).not.toContain(key);
  });

  it('proves nothing when it is sent, for everybody may know it', () => {
    const sent = aRequest({ headers: { 'x-handoff-secret': sender.publicKey }, rawBody: Buffer.from(BODY) });
    expect(codeOf(() => verifyStandardOrSharedSecret(sent, aTrust({ secrets: [sender.publicKey] })))).toBe('401 signature-invalid');
  });
});
