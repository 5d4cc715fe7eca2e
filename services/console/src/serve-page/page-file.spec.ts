import { pageFileOf } from './page-file.decision.js';

describe('a path of the page', () => {
  it.each([
    ['/', 'index.html', 'no-cache'],
    ['/queues/isv%2Fcontoso', 'index.html', 'no-cache'],
    ['/tickets/a.b', 'index.html', 'no-cache'],
    ['/apiary', 'index.html', 'no-cache'],
    ['/icon.svg', 'icon.svg', 'no-cache'],
    ['/assets/index-B2-xfgFv.js', 'assets/index-B2-xfgFv.js', 'public, max-age=31536000, immutable'],
  ])('%s is answered by %s', (path, file, cacheControl) => {
    expect(pageFileOf(path)).toEqual({ file, cacheControl });
  });

  it.each(['/api', '/api/nothing', '/v1/nothing', '/docs/x', '/health', '/metrics', '/openapi.json', '/sign-in'])('%s is none', (path) => {
    expect(pageFileOf(path)).toBeNull();
  });
});
