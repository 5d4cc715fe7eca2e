import { forwardedPathOf } from './forwarded-path.decision.js';

describe('where a call goes on to', () => {
  it.each([
    ['/api/routing/v1/tickets/4b0e/acknowledge', 'routing', '/v1/tickets/4b0e/acknowledge'],
    ['/api/intake/v1/sources?limit=2&cursor=a%2Fb', 'intake', '/v1/sources?limit=2&cursor=a%2Fb'],
    ['/api/notifier/v1/channels/isv%3Acontoso', 'notifier', '/v1/channels/isv%3Acontoso'],
    ['/api/routing/v1/offers/..a', 'routing', '/v1/offers/..a'],
  ])('%s is a path of %s', (url, peer, path) => {
    expect(forwardedPathOf(url)).toEqual({ peer, path });
  });

  it.each([
    '/api/routing/health/ready', '/api/routing/v1', '/api/routing/v1/', '/api/routing/v2/tickets', '/api/console/v1/dead-letters', '/api/routing//v1/tickets', '/api/tickets',
    '/api/routing/v1/../metrics', '/api/routing/v1/%2e%2E/metrics', '/api/routing/v1/.%2e/metrics', '/api/routing/v1/./tickets', '/api/routing/v1/%2e/tickets', '/api/routing/v1/tickets//x',
    '/api/routing/v1/a%2F..%2F..%2Fmetrics', '/api/routing/v1/..\\metrics', '/api/routing/v1/%5c..%5cmetrics', '/api/routing/v1/%zz', '/api/routing/v1/%00', '/api/routing/v1/tickets#x', '/api/r%6futing/v1/tickets',
    '/api/intake/v1/sources/desk/webhooks', '/api/intake/v1/sources/desk/%77ebhooks?x=1', '/api/notifier/v1/channels/1/interactions', '//api/routing/v1/tickets', '/x/api/routing/v1/tickets',
  ])('%s leads nowhere', (url) => {
    expect(forwardedPathOf(url)).toBeNull();
  });
});
