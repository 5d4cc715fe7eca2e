import { secretsInUrl, shownSecretUrl } from './secret-url.js';

describe('the URL of a chat', () => {
  it.each([
    ['https://hooks.slack.example/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx', 'https://hooks.slack.example/services/T00000000/B00000000/abcd…'],
    ['https://prod-1.logic.example/workflows/0123456789abcdef/triggers/manual/paths/invoke?api-version=1&sig=hunter2hunter2', 'https://prod-1.logic.example/workflows/0123…/triggers/manual/paths/invoke?…'],
  ])('is shown without what lets others post: %s', (url, shown) => {
    expect(shownSecretUrl(url)).toBe(shown);
    expect(secretsInUrl(url).filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it('that is none is not shown', () => {
    expect(shownSecretUrl('hunter2')).toBe('(not a URL)');
  });
});
