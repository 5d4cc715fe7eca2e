import { NOTHING_ALLOWED } from '@handoff/outbound';
import { CLIENT_CERT, CLIENT_KEY, EXPIRED_CERT, OTHER_KEY } from '../channels/webhook/certificates.fixture.js';
import { credentialsOf } from './credentials.decision.js';

const facts = { url: 'https://hooks.contoso.example/in', egress: { allowPrivate: false, allow: NOTHING_ALLOWED }, now: new Date() };
const oauth = { tokenUrl: 'https://login.contoso.example/token?tenant=hunter2', clientId: 'handoff', clientSecret: 'hunter2-secret', scope: 'tickets' };
const problemsOf = (given: unknown, more: Partial<typeof facts> = {}, kind: 'webhook' | 'slack' | 'mail' = 'webhook') => {
  const judged = credentialsOf(kind, given, { ...facts, ...more });
  return 'problems' in judged ? judged.problems.map(({ field }) => field) : [];
};

describe('the credentials of a channel', () => {
  it('are kept whole, and shown without what is secret', () => {
    const given = { headers: { 'X-Api-Key': 'hunter2', Authorization: 'Basic aHVudGVyMg==' }, clientCertificate: { certificate: CLIENT_CERT, key: CLIENT_KEY } };
    const judged = credentialsOf('webhook', given, facts);
    expect(judged).toEqual({ credentials: given, credentialsShown: { headers: ['X-Api-Key', 'Authorization'], clientCertificate: { expiresAt: expect.stringMatching(/^2\d{3}-/) } } });
    expect(credentialsOf('webhook', { oauth }, facts)).toMatchObject({ credentialsShown: { oauth: { tokenUrl: 'https://login.contoso.example/token?…', clientId: 'handoff', scope: 'tickets' } } });
    expect(JSON.stringify('credentialsShown' in judged && judged.credentialsShown)).not.toContain('hunter2');
    expect(credentialsOf('slack', { signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' }, facts)).toMatchObject({ credentialsShown: { signingSecret: true } });
  });

  it('are none where nothing is given', () => {
    for (const given of [{}, { headers: {} }]) expect(credentialsOf('webhook', given, facts)).toEqual({ credentials: null, credentialsShown: null });
  });

  it.each(['Connection', 'Keep-Alive', 'TE', 'Trailer', 'Transfer-Encoding', 'Upgrade', 'Proxy-Authorization', 'Host', 'Content-Length', 'Content-Type', 'Webhook-Id', 'webhook-signature', 'WEBHOOK-TIMESTAMP', 'User-Agent', 'Expect', 'Cookie'])('set no header that belongs to the connection or to Handoff: %s', (name) => {
    expect(problemsOf({ headers: { [name]: 'x' } })).toEqual([`/credentials/headers/${name}`]);
  });

  it.each([
    ['a name with a blank', { headers: { 'X Key': 'a' } }, '/credentials/headers/X Key'],
    ['a value with a line break', { headers: { 'X-Key': 'a\r\nHost: evil.example' } }, '/credentials/headers/X-Key'],
    ['a value that begins with a blank', { headers: { 'X-Key': ' a' } }, '/credentials/headers/X-Key'],
    ['a value that is no ASCII', { headers: { 'X-Key': 'ş' } }, '/credentials/headers/X-Key'],
    ['an empty value', { headers: { 'X-Key': '' } }, '/credentials/headers/X-Key'],
    ['a header twice', { headers: { 'X-Key': 'a', 'x-key': 'b' } }, '/credentials/headers/x-key'],
    ['too many headers', { headers: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`x-${index}`, 'a'])) }, '/credentials/headers'],
    ['Authorization beside OAuth', { headers: { Authorization: 'x' }, oauth }, '/credentials/headers/Authorization'],
    ['a certificate that is none', { clientCertificate: { certificate: 'x', key: CLIENT_KEY } }, '/credentials/clientCertificate/certificate'],
    ['a key that is none', { clientCertificate: { certificate: CLIENT_CERT, key: 'x' } }, '/credentials/clientCertificate/key'],
    ['the key of another certificate', { clientCertificate: { certificate: CLIENT_CERT, key: OTHER_KEY } }, '/credentials/clientCertificate/key'],
    ['a certificate that has expired', { clientCertificate: { certificate: EXPIRED_CERT, key: OTHER_KEY } }, '/credentials/clientCertificate/certificate'],
    ['an authority that is none', { clientCertificate: { certificate: CLIENT_CERT, key: CLIENT_KEY, authority: 'x' } }, '/credentials/clientCertificate/authority'],
    ['a token endpoint in here', { oauth: { ...oauth, tokenUrl: 'https://169.254.169.254/token' } }, '/credentials/oauth/tokenUrl'],
    ['a token endpoint without TLS', { oauth: { ...oauth, tokenUrl: 'http://login.contoso.example/token' } }, '/credentials/oauth/tokenUrl'],
    ['OAuth without a secret', { oauth: { ...oauth, clientSecret: '' } }, '/credentials/oauth/clientSecret'],
    ['a word that is not known', { password: 'x' }, '/credentials'],
    ['the signing secret of Slack', { signingSecret: '8f742231b10e8888' }, '/credentials'],
  ])('are refused with %s, by the field and without its value', (_what, given, field) => {
    expect(problemsOf(given)).toContain(field);
    expect(JSON.stringify(credentialsOf('webhook', given, facts))).not.toMatch(/hunter2|evil\.example/);
  });

  it('go over TLS alone, but within a local run', () => {
    const url = 'http://hooks.contoso.example/in';
    expect([problemsOf({ headers: { 'X-Key': 'a' } }, { url }), problemsOf({ clientCertificate: { certificate: CLIENT_CERT, key: CLIENT_KEY } }, { url })]).toEqual([['/credentials'], ['/credentials/clientCertificate']]);
    expect(problemsOf({ headers: { 'X-Key': 'a' } }, { url, egress: { ...facts.egress, allowPrivate: true } })).toEqual([]);
  });

  it('are not for mail, and of Slack nothing but its signing secret', () => {
    expect([problemsOf({}, {}, 'mail'), problemsOf({ headers: { 'X-Key': 'a' } }, {}, 'slack'), problemsOf({ signingSecret: 'short' }, {}, 'slack')]).toEqual([['/credentials'], ['/credentials'], ['/credentials/signingSecret']]);
  });
});
