import type { OutboundRequest } from '../outbound.js';
import { nextRequest } from './redirect.decision.js';

const request: OutboundRequest = { method: 'GET', url: 'https://desk.contoso.example/a/b?c=d', headers: { authorization: 'Bearer x', 'x-api-key': 'y', Accept: 'text/plain' }, tls: { cert: 'c', key: 'k' }, timeoutMs: 1_000 };
const redirect = (location: string | string[] | undefined, status = 302) => ({ status, headers: { location }, body: Buffer.alloc(0), retryAfterMs: null });

describe('a redirect', () => {
  it.each([['/x', 'https://desk.contoso.example/x'], ['x?y', 'https://desk.contoso.example/a/x?y'], ['https://desk.contoso.example:443/x#part', 'https://desk.contoso.example/x#part']])('to %s stays with the server, with all that it was told', (location, url) => {
    expect(nextRequest(request, redirect(location))).toEqual({ ...request, url });
  });

  it.each([['https://other.contoso.example/x'], ['//other.contoso.example/x'], ['https://desk.contoso.example:8443/x'], ['https://user:password@other.contoso.example/x']])('to %s takes nothing along that shows who we are', (location) => {
    expect(nextRequest(request, redirect(location))).toEqual({ method: 'GET', url: new URL(location, request.url).href, headers: { Accept: 'text/plain' }, timeoutMs: 1_000 });
  });

  it.each([[301], [302], [303], [307], [308]])('is status %i', (status) => {
    expect(nextRequest(request, redirect('/x', status))).not.toBeNull();
  });

  it.each([
    ['a downgrade', request, redirect('http://desk.contoso.example/')], ['no place', request, redirect(undefined)], ['two places', request, redirect(['/a', '/b'])], ['nonsense', request, redirect('https://')], ['200', request, redirect('/x', 200)], ['304', request, redirect('/x', 304)],
    ['a POST', { ...request, method: 'POST' as const }, redirect('/x')], ['a DELETE', { ...request, method: 'DELETE' as const }, redirect('/x', 307)], ['another scheme', request, redirect('file:///etc/passwd')],
  ])('is not followed: %s', (_what, asked, answer) => {
    expect(nextRequest(asked, answer)).toBeNull();
  });
});
