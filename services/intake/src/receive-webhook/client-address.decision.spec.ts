import { clientAddressOf } from './client-address.decision.js';

describe('the address that a request came from', () => {
  it.each<[string, { peer: string; forwardedFor?: string | string[]; trustedProxies?: string[] }, string]>([
    ['is the other end of the connection', { peer: '203.0.113.7' }, '203.0.113.7'],
    ['is not what a stranger claims', { peer: '203.0.113.7', forwardedFor: '198.51.100.1' }, '203.0.113.7'],
    ['is not what a stranger claims to a proxy that is not trusted', { peer: '10.0.0.9', forwardedFor: '198.51.100.1', trustedProxies: ['10.0.0.8'] }, '10.0.0.9'],
    ['is what a trusted proxy saw', { peer: '10.0.0.9', forwardedFor: '198.51.100.1', trustedProxies: ['10.0.0.0/8'] }, '198.51.100.1'],
    ['is what the first of several trusted proxies saw', { peer: '10.0.0.9', forwardedFor: '198.51.100.1, 10.1.1.1 , 10.2.2.2', trustedProxies: ['10.0.0.0/8'] }, '198.51.100.1'],
    ['is never further left than a stranger', { peer: '10.0.0.9', forwardedFor: '203.0.113.1, 198.51.100.1, 10.1.1.1', trustedProxies: ['10.0.0.0/8'] }, '198.51.100.1'],
    ['is read from several headers as from one', { peer: '10.0.0.9', forwardedFor: ['203.0.113.1', '198.51.100.1'], trustedProxies: ['10.0.0.0/8'] }, '198.51.100.1'],
    ['may have a port, and be IPv6', { peer: '::ffff:10.0.0.9', forwardedFor: '[2001:db8::1]:443', trustedProxies: ['10.0.0.0/8'] }, '[2001:db8::1]:443'],
    ['is what a proxy names, though it be no address', { peer: '10.0.0.9', forwardedFor: '203.0.113.1, unknown', trustedProxies: ['10.0.0.0/8'] }, 'unknown'],
    ['is the innermost where only proxies were on the way', { peer: '10.0.0.9', forwardedFor: '10.3.3.3', trustedProxies: ['10.0.0.0/8'] }, '10.3.3.3'],
    ['is the proxy where it says nothing', { peer: '10.0.0.9', forwardedFor: ' , ', trustedProxies: ['10.0.0.0/8'] }, '10.0.0.9'],
  ])('%s', (_rule, { peer, forwardedFor, trustedProxies = [] }, address) => {
    expect(clientAddressOf({ peer, forwardedFor, trustedProxies })).toBe(address);
  });
});
