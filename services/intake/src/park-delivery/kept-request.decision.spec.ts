import { aRequest } from '../adapters/webhook.samples.js';
import { keptRequest, parkedIdOf } from './kept-request.decision.js';

const failed = (key: string | null) => ({ failure: { index: 0, code: 'field-missing', detail: '', fields: [] }, key });

describe('what is kept of a webhook', () => {
  it('is all that says what it is about, without what proves its sender', () => {
    const request = aRequest({
      url: 'https://intake.example/v1/sources/desk/webhooks?secret=p%C3%A4ss%2Bword%2F1&retry=2',
      headers: {
        'content-type': 'application/json', 'webhook-id': 'msg-1', 'ce-type': 'ticket', 'x-many': ['a', 'päss+word/1'],
        'authorization': 'Bearer x', 'Proxy-Authorization': 'Basic x', 'cookie': 'x', 'webhook-signature': 'v1,x', 'x-hub-signature-256': 'x', 'x-handoff-secret': 'x', 'x-gitlab-token': 'x', 'api-key': 'x', 'missing': undefined,
      },
      rawBody: Buffer.from('{}'),
    });
    expect(keptRequest(request, ['päss+word/1'])).toEqual({
      method: 'POST', url: 'https://intake.example/v1/sources/desk/webhooks?secret=[secret]&retry=2',
      headers: { 'content-type': 'application/json', 'webhook-id': 'msg-1', 'ce-type': 'ticket', 'x-many': ['a', '[secret]'] }, rawBody: request.rawBody,
    });
  });

  it('has no secret in its address, however it is spelled there', () => {
    const kept = (url: string): string => keptRequest(aRequest({ url }), ['a b/ä-secret-of-16']).url;
    for (const spelled of ['a%20b%2F%C3%A4-secret-of-16', 'a+b/%C3%A4-secret-of-16', 'a b/ä-secret-of-16']) expect(kept(`https://x.example/y?z=1&key=${spelled}&w=2`)).toBe('https://x.example/y?z=1&key=[secret]&w=2');
  });
});

describe('a parked delivery', () => {
  it('has one id for all deliveries of the same events, and another for others', () => {
    const id = (body: string, ...keys: readonly (string | null)[]): string => parkedIdOf('desk', aRequest({ rawBody: Buffer.from(body) }), keys.map(failed));
    expect(id('{"attempt":1}', 'k')).toBe(id('{"attempt":2}', 'k'));
    expect(id('x', null)).toBe(id('x', null));
    expect(new Set([id('x', 'k'), id('x', 'l'), id('x', null), id('y', null), id('x', 'k', 'l'), id('x', 'k,l'), parkedIdOf('other', aRequest(), [failed('k')])]).size).toBe(7);
  });
});
